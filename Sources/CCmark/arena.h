#ifndef BAOCAO_ARENA_H
#define BAOCAO_ARENA_H

#include <cmark.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Memory for one document: handed out front to back from a few chunks, given back all at once.
 * cmark spends a quarter of its time in malloc and free otherwise.
 *
 * cmark calls an allocator without a context, so each thread knows the arena in use:
 * `arena_enter` before the calls of cmark that allocate, `arena_leave` after them. An arena is
 * bound to no thread and may be entered while another one is. */

struct arena_chunk {
  struct arena_chunk *previous;
};

struct arena {
  struct arena_chunk *chunks;
  char *next;
  char *end;
  size_t chunk_size;
};

/* Larger chunks only for larger blocks: malloc keeps about twice the largest chunk that was
 * given back, unless it was told otherwise. */
#define ARENA_MAX_CHUNK ((size_t)1 << 20)

/* Before each block stands its size, a multiple of eight like the sizes of chunks. */
#define ARENA_HEADER sizeof(size_t)

/* Weak, since Swift emits what it uses of a header into each object file, and with an initial
 * value, without which Swift emits no variable at all. */
__attribute__((weak, visibility("hidden"))) _Thread_local struct arena *arena_in_use = NULL;

/* Takes `arena` into use on this thread and returns the one before. */
static inline struct arena *arena_enter(struct arena *arena) {
  struct arena *outer = arena_in_use;
  arena_in_use = arena;
  return outer;
}

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

/* Keeps up to 32 MB that arenas and others gave back, on each thread, for what comes next. glibc
 * would hand it to the system, which makes each of its pages anew. Other libraries go on as they
 * do. */
static inline void arena_keep_freed_memory(void) {
#ifdef __GLIBC__
  /* From this size on blocks are the system's own, the most that glibc allows. */
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
#endif
}

/* An arena whose first chunk has about `size` bytes; it lies in that chunk itself. */
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

/* Gives back the arena and all that was allocated in it. */
static inline void arena_drop(struct arena *arena) {
  struct arena_chunk *chunk = arena->chunks;
  while (chunk) {
    struct arena_chunk *previous = chunk->previous;
    free(chunk);
    chunk = previous;
  }
}

/* Begins a chunk with room for `size` bytes; what the last one has left is not used. Rare, so
 * kept out of the callers, which then need no stack. */
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

/* Grows the newest chunk of an arena, which holds a block and nothing else: the system can move it
 * without touching it, while a copy takes memory that it has to make anew. */
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

/* The last block grows where it stands if there is room, and with its chunk if that is its own. */
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

/* A block waits for the end of its arena. */
static inline void arena_free(void *block) { (void)block; }

/* The arena in use as cmark calls an allocator. */
static inline cmark_mem *arena_memory(void) {
  static cmark_mem memory = {arena_calloc, arena_realloc, arena_free};
  return &memory;
}

#endif
