#include <sqlite3.h>

// Swift calls no function whose arguments vary in number.

/// While it is on, the next VACUUM makes an empty database of the file, whatever stands in it.
static inline int baocao_sqlite3_reset_database(sqlite3 *db, int on) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_RESET_DATABASE, on, (int *)0);
}
