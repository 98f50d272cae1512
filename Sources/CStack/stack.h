#ifndef STACK_H
#define STACK_H

#include <pthread.h>
#include <stdint.h>

/// The lowest address of the stack of a thread, and how many bytes it has; zeros where the system
/// does not tell.
struct stack_bounds {
  uintptr_t lowest;
  uintptr_t size;
};

#if defined(__linux__)
// Declared here, as the header of the C library keeps it from those who do not ask for extensions.
extern int pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes);
#endif

/// Those of the thread that asks.
static inline struct stack_bounds stack_bounds_of_this_thread(void) {
  struct stack_bounds bounds = {0, 0};
#if defined(__APPLE__)
  bounds.size = pthread_get_stacksize_np(pthread_self());
  bounds.lowest = (uintptr_t)pthread_get_stackaddr_np(pthread_self()) - bounds.size;
#elif defined(__linux__)
  pthread_attr_t attributes;
  void *lowest;
  size_t size;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return bounds;
  if (pthread_attr_getstack(&attributes, &lowest, &size) == 0) {
    bounds.lowest = (uintptr_t)lowest;
    bounds.size = size;
  }
  pthread_attr_destroy(&attributes);
#endif
  return bounds;
}

#endif
