#pragma once

#include "CharStream.h"

namespace catalogo
{

/// Reads a JSON list of objects, or an object with such a list as its member `productos` or `products`. Numbers keep
/// their digits. Of a value, its own members or items are read, not what nests deeper. Faults are told; the first one
/// of the syntax ends the reading.
void readJsonRecords(CharStream& in, const RecordEvents& events);

} // namespace catalogo
