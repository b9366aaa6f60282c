#include "RecordMapper.h"

#include "RecordMapping.h"

namespace catalogo
{

ImportedProduct RecordMapper::map(const Record& record, const OnFault& onFault)
{
    return RecordMapping(*this, record, onFault).run();
}

} // namespace catalogo
