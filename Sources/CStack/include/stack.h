#ifndef STACK_H
#define STACK_H

#include <stdint.h>

/// The lowest address of the stack of the thread that asks, and how many bytes it has; 0 for a size
/// that the system does not tell.
struct stack_bounds {
  uintptr_t lowest;
  uintptr_t size;
};

struct stack_bounds stack_bounds_of_this_thread(void);

#endif
