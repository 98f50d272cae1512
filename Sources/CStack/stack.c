// Swift does not see this function of the C library, which is no part of POSIX.
#define _GNU_SOURCE
#include <pthread.h>

#include "stack.h"

struct stack_bounds stack_bounds_of_this_thread(void) {
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
