#include <minizip/unzip.h>
#include <minizip/zip.h>
#include "memory.h"
