#ifndef BAOCAO_DISK_H
#define BAOCAO_DISK_H

/* Writes down all that was written to the file system of an open file. The C library shows it only to
 * those who ask for all of GNU, which Swift's module of it does not. */
extern int syncfs(int descriptor);

#endif
