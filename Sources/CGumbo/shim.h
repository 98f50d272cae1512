#ifndef BAOCAO_GUMBO_H
#define BAOCAO_GUMBO_H

#include <gumbo.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* The memory of one page that gumbo parses. Its blocks hang on a list, so that all of them are given
 * back without gumbo_destroy_output, which calls itself for each level of the page; and they are
 * counted, because a page of a few kilobytes can ask for a tree of gigabytes. gumbo does not look at
 * whether it gets what it asks for, so a page that asks for too much ends by a jump out of it: no frame
 * of Swift lies between, and gumbo keeps nothing outside of these blocks. */

struct page_block {
  struct page_block *previous;
  struct page_block *next;
  size_t size;
  size_t padding;
};

struct page_memory {
  struct page_block blocks;
  size_t used;
  size_t limit;
  GumboOutput *output;
  jmp_buf *refusal;
};

static void *page_allocate(void *context, size_t size) {
  struct page_memory *memory = (struct page_memory *)context;
  size_t whole = size + sizeof(struct page_block);
  struct page_block *block = NULL;
  if (whole > size && whole <= memory->limit - memory->used) {
    block = (struct page_block *)malloc(whole);
  }
  if (!block) {
    longjmp(*memory->refusal, 1);
  }
  memory->used += whole;
  block->size = whole;
  block->previous = &memory->blocks;
  block->next = memory->blocks.next;
  memory->blocks.next->previous = block;
  memory->blocks.next = block;
  return block + 1;
}

static void page_deallocate(void *context, void *pointer) {
  struct page_memory *memory = (struct page_memory *)context;
  if (!pointer) {
    return;
  }
  struct page_block *block = (struct page_block *)pointer - 1;
  block->previous->next = block->next;
  block->next->previous = block->previous;
  memory->used -= block->size;
  free(block);
}

/* Parses a page of UTF-8; NULL where it asks for more memory than the limit. What it returns lives
 * until `page_free`, which has to be called in both cases. */
__attribute__((noinline, unused)) static struct page_memory *page_parse(
    const char *bytes, size_t count, size_t limit) {
  struct page_memory *memory = (struct page_memory *)malloc(sizeof(struct page_memory));
  if (!memory) {
    abort();
  }
  memory->blocks.next = memory->blocks.previous = &memory->blocks;
  memory->used = 0;
  memory->limit = limit;
  memory->output = NULL;
  jmp_buf refusal;
  memory->refusal = &refusal;
  if (setjmp(refusal) == 0) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = page_allocate;
    options.deallocator = page_deallocate;
    options.userdata = memory;
    options.max_errors = 0;
    memory->output = gumbo_parse_with_options(&options, bytes, count);
  } else {
    memory->output = NULL;
  }
  memory->refusal = NULL;
  return memory;
}

__attribute__((unused)) static void page_free(struct page_memory *memory) {
  struct page_block *block = memory->blocks.next;
  while (block != &memory->blocks) {
    struct page_block *next = block->next;
    free(block);
    block = next;
  }
  free(memory);
}

/* The union of a node, by its type: Swift sees no members of anonymous unions by these names. */
__attribute__((unused)) static inline const GumboElement *page_element(const GumboNode *node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE ? &node->v.element
                                                                               : NULL;
}

__attribute__((unused)) static inline const GumboText *page_text(const GumboNode *node) {
  switch (node->type) {
  case GUMBO_NODE_TEXT:
  case GUMBO_NODE_CDATA:
  case GUMBO_NODE_WHITESPACE:
    return &node->v.text;
  default:
    return NULL;
  }
}

#endif
