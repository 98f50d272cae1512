import CCmark
import Diagnostics
