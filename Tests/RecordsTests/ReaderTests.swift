import Diagnostics
import Records
import Testing
