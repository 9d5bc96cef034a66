"""What goes between the server and the process that prints: four bytes of length, then that many bytes."""

import struct

LENGTH = struct.Struct(">I")
