#pragma once

#include "ImportFaults.h"
#include "ImportJob.h"
#include "RecordMapper.h"

#include <unordered_map>
#include <vector>

namespace catalogo
{

/// The first half of an import: all files read and checked into products. One use, one thread.
class ImportReading
{
public:
    ImportReading(const ImportJob& job, const Folding& folding) : _job(job), _mapper(folding, job.moneda) {}

    /// False when the operator cancelled.
    bool run();

    std::vector<ImportedProduct>& products() noexcept { return _products; }
    ImportFaults& faults() noexcept { return _faults; }
    /// What was left out, for the operator.
    std::vector<std::string> notes() const;

private:
    bool readFile(std::size_t number, ByteSource& source);
    void take(std::size_t file, ImportedProduct product);

    const ImportJob& _job;
    RecordMapper _mapper;
    ImportFaults _faults;
    std::vector<ImportedProduct> _products;
    std::unordered_map<std::string, std::size_t> _bySku; ///< index in _products
    std::uint64_t _bytesBefore = 0;                      ///< of the files read already
    std::uint64_t _bytesInAll = 0;
    std::uint64_t _bytesTold = 0;
    bool _isCancelled = false;
};

} // namespace catalogo
