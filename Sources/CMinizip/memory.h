#ifndef BAOCAO_ZIP_MEMORY_H
#define BAOCAO_ZIP_MEMORY_H

#include <minizip/ioapi.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A file of minizip's that lies in memory instead of on a disk. One that is read belongs to the
 * caller; one that is written grows, and is given back with `zip_memory_drop`. */
struct zip_memory {
  unsigned char *start;
  size_t count;
  size_t room;
  size_t offset;
};

static inline void *zip_memory_open(void *memory, const void *name, int mode) {
  (void)name;
  (void)mode;
  return memory;
}

static inline uLong zip_memory_read(void *memory, void *stream, void *to, uLong wanted) {
  struct zip_memory *file = (struct zip_memory *)stream;
  (void)memory;
  size_t left = file->offset < file->count ? file->count - file->offset : 0;
  size_t count = wanted < left ? wanted : left;
  if (count > 0) memcpy(to, file->start + file->offset, count);
  file->offset += count;
  return count;
}

static inline uLong zip_memory_write(void *memory, void *stream, const void *from, uLong count) {
  struct zip_memory *file = (struct zip_memory *)stream;
  (void)memory;
  if (count > SIZE_MAX / 4 || file->offset > SIZE_MAX / 4) return 0;
  size_t end = file->offset + count;
  if (end > file->room) {
    size_t room = file->room < 4096 ? 4096 : file->room;
    while (room < end) room *= 2;
    unsigned char *larger = (unsigned char *)realloc(file->start, room);
    if (larger == NULL) return 0;
    file->start = larger;
    file->room = room;
  }
  if (file->offset > file->count) memset(file->start + file->count, 0, file->offset - file->count);
  if (count > 0) memcpy(file->start + file->offset, from, count);
  file->offset = end;
  if (end > file->count) file->count = end;
  return count;
}

static inline ZPOS64_T zip_memory_tell(void *memory, void *stream) {
  (void)memory;
  return ((struct zip_memory *)stream)->offset;
}

static inline long zip_memory_seek(void *memory, void *stream, ZPOS64_T offset, int origin) {
  struct zip_memory *file = (struct zip_memory *)stream;
  (void)memory;
  size_t base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? file->offset
                : origin == ZLIB_FILEFUNC_SEEK_END ? file->count
                                                   : 0;
  if (offset > file->count || base > file->count - offset) return -1;
  file->offset = base + (size_t)offset;
  return 0;
}

static inline int zip_memory_close(void *memory, void *stream) {
  (void)memory;
  (void)stream;
  return 0;
}

static inline int zip_memory_error(void *memory, void *stream) {
  (void)memory;
  (void)stream;
  return 0;
}

static inline zlib_filefunc64_def zip_memory_functions(struct zip_memory *memory) {
  zlib_filefunc64_def functions;
  functions.zopen64_file = zip_memory_open;
  functions.zread_file = zip_memory_read;
  functions.zwrite_file = zip_memory_write;
  functions.ztell64_file = zip_memory_tell;
  functions.zseek64_file = zip_memory_seek;
  functions.zclose_file = zip_memory_close;
  functions.zerror_file = zip_memory_error;
  functions.opaque = memory;
  return functions;
}

/* A container to read; NULL where its directory cannot be read. */
static inline unzFile zip_memory_unzip(struct zip_memory *memory) {
  zlib_filefunc64_def functions = zip_memory_functions(memory);
  return unzOpen2_64("", &functions);
}

/* An empty container to write. */
static inline zipFile zip_memory_zip(struct zip_memory *memory) {
  zlib_filefunc64_def functions = zip_memory_functions(memory);
  return zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &functions);
}

/* A memory that is empty, to be written to; NULL where there is no room. */
static inline struct zip_memory *zip_memory_new(void) {
  return (struct zip_memory *)calloc(1, sizeof(struct zip_memory));
}

static inline void zip_memory_drop(struct zip_memory *memory) {
  if (memory == NULL) return;
  free(memory->start);
  free(memory);
}

/* The day that every entry is dated, 1 January 1980: the first one that a container can hold. */
static inline int zip_begin_entry(zipFile file, const char *name, int level) {
  zip_fileinfo info;
  memset(&info, 0, sizeof info);
  info.dosDate = (1u << 5 | 1u) << 16;
  return zipOpenNewFileInZip64(file, name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED, level, 0);
}

#endif
