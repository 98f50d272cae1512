#ifndef BAOCAO_ARENA_H
#define BAOCAO_ARENA_H

#include <cmark.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A bump allocator for the tree of one document: blocks are handed out front to back from a few
 * chunks and given back all at once. With malloc and free, cmark spends a quarter of its time there.
 *
 * cmark calls an allocator without a context, so a thread-local variable holds the arena in use:
 * call `arena_enter` before calls of cmark that allocate, and `arena_leave` after them. An arena
 * belongs to no thread, and may be entered while another one is in use. */

struct arena_chunk {
  struct arena_chunk *previous;
};

struct arena {
  struct arena_chunk *chunks;
  char *next;
  char *end;
  size_t chunk_size;
};

/* The size of the largest chunk, but for a block that is larger itself. By default, malloc keeps
 * about twice the largest chunk that was given back. */
#define ARENA_MAX_CHUNK ((size_t)1 << 20)

/* The size of the header before each block, which holds the size of the block. All sizes are
 * multiples of eight. */
#define ARENA_HEADER sizeof(size_t)

/* The arena in use on this thread. It is weak because Swift emits it into each object file that
 * uses this header, and has an initial value because Swift emits no variable without one. */
__attribute__((weak, visibility("hidden"))) _Thread_local struct arena *arena_in_use = NULL;

/* Takes `arena` into use on this thread and returns the one before. */
static inline struct arena *arena_enter(struct arena *arena) {
  struct arena *outer = arena_in_use;
  arena_in_use = arena;
  return outer;
}

/* Takes the arena back into use that `arena_enter` returned. */
static inline void arena_leave(struct arena *outer) { arena_in_use = outer; }

static inline size_t arena_rounded(size_t size) { return (size + 7) & ~(size_t)7; }

static inline struct arena_chunk *arena_new_chunk(struct arena_chunk *previous, size_t size) {
  struct arena_chunk *chunk = (struct arena_chunk *)malloc(size);
  if (!chunk) {
    abort();
  }
  chunk->previous = previous;
  return chunk;
}

/* Lets malloc keep up to 32 MB of freed memory on each thread for the next document. By default,
 * glibc returns it to the system, which then has to clear each page anew. With other C libraries
 * this does nothing. */
static inline void arena_keep_freed_memory(void) {
#ifdef __GLIBC__
  /* The size from which a block is mapped by itself; 32 MB is the most that glibc allows. */
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
#endif
}

/* Creates an arena whose first chunk has about `size` bytes and holds the arena itself. */
static inline struct arena *arena_new(size_t size) {
  if (size > ARENA_MAX_CHUNK) {
    size = ARENA_MAX_CHUNK;
  }
  size = arena_rounded(size) + sizeof(struct arena_chunk) + sizeof(struct arena);
  struct arena_chunk *chunk = arena_new_chunk(NULL, size);
  struct arena *arena = (struct arena *)(chunk + 1);
  arena->chunks = chunk;
  arena->next = (char *)(arena + 1);
  arena->end = (char *)chunk + size;
  arena->chunk_size = size;
  return arena;
}

/* Frees the arena and all that was allocated in it. */
static inline void arena_drop(struct arena *arena) {
  struct arena_chunk *chunk = arena->chunks;
  while (chunk) {
    struct arena_chunk *previous = chunk->previous;
    free(chunk);
    chunk = previous;
  }
}

/* Begins a chunk with room for `size` bytes; the rest of the last chunk stays unused. This is rare,
 * and not inlined so that its callers need no stack frame. */
__attribute__((noinline, cold)) static void arena_grow(struct arena *arena, size_t size) {
  if (arena->chunk_size < ARENA_MAX_CHUNK) {
    arena->chunk_size *= 2;
  }
  size_t chunk_size = arena->chunk_size;
  if (chunk_size < sizeof(struct arena_chunk) + size) {
    chunk_size = sizeof(struct arena_chunk) + size;
  }
  arena->chunks = arena_new_chunk(arena->chunks, chunk_size);
  arena->next = (char *)(arena->chunks + 1);
  arena->end = (char *)arena->chunks + chunk_size;
}

/* The size of a block, in the header before it. */
static inline size_t *arena_size_of(void *block) {
  return (size_t *)((char *)block - ARENA_HEADER);
}

static inline void *arena_allocate(size_t size) {
  if (size > SIZE_MAX / 2) {
    abort();
  }
  struct arena *arena = arena_in_use;
  size = arena_rounded(size);
  if ((size_t)(arena->end - arena->next) < ARENA_HEADER + size) {
    arena_grow(arena, ARENA_HEADER + size);
  }
  char *block = arena->next + ARENA_HEADER;
  *arena_size_of(block) = size;
  arena->next = block + size;
  return block;
}

static inline void *arena_calloc(size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) {
    abort();
  }
  return memset(arena_allocate(count * size), 0, count * size);
}

/* Grows the newest chunk of an arena, which holds a single block. The system can move a large chunk
 * by remapping its pages, where a copy would need new ones. */
__attribute__((noinline, cold)) static void *arena_grow_last(struct arena *arena, size_t size) {
  size_t chunk_size = sizeof(struct arena_chunk) + ARENA_HEADER + size;
  struct arena_chunk *chunk = (struct arena_chunk *)realloc(arena->chunks, chunk_size);
  if (!chunk) {
    abort();
  }
  arena->chunks = chunk;
  char *block = (char *)(chunk + 1) + ARENA_HEADER;
  *arena_size_of(block) = size;
  arena->next = arena->end = block + size;
  return block;
}

/* Grows a block: the last one in place where its chunk has room, or with its chunk where it is alone
 * in it; any other by a copy. */
static inline void *arena_realloc(void *block, size_t size) {
  if (!block) {
    return arena_allocate(size);
  }
  size_t old_size = *arena_size_of(block);
  if (size <= old_size) {
    return block;
  }
  struct arena *arena = arena_in_use;
  if (size > SIZE_MAX / 2) {
    abort();
  }
  size = arena_rounded(size);
  int is_last = (char *)block + old_size == arena->next;
  if (is_last && size <= (size_t)(arena->end - (char *)block)) {
    *arena_size_of(block) = size;
    arena->next = (char *)block + size;
    return block;
  }
  if (is_last && (char *)block - ARENA_HEADER == (char *)(arena->chunks + 1)) {
    return arena_grow_last(arena, size);
  }
  return memcpy(arena_allocate(size), block, old_size);
}

/* Does nothing: blocks are freed with their arena. */
static inline void arena_free(void *block) { (void)block; }

/* The allocator for cmark that allocates in the arena in use. */
static inline cmark_mem *arena_memory(void) {
  static cmark_mem memory = {arena_calloc, arena_realloc, arena_free};
  return &memory;
}

#endif
