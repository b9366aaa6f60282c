#include "ImportReading.h"

#include "DelimitedReader.h"
#include "JsonRecordReader.h"

#include <system_error>

namespace catalogo
{

namespace
{

constexpr std::uint64_t kProgressStep = 64 * 1024;

} // namespace

bool ImportReading::run()
{
    std::vector<std::unique_ptr<ByteSource>> sources;
    for (const auto& file : _job.files)
    {
        try
        {
            sources.push_back(file.open());
            _bytesInAll += sources.back()->size();
        }
        catch (const std::system_error& e)
        {
            sources.push_back(nullptr);
            _faults.add(file.name, "cannot be opened: " + e.code().message());
        }
    }
    for (std::size_t i = 0; i < sources.size() && !_isCancelled; ++i)
    {
        try
        {
            if (sources[i] && !readFile(i, *sources[i])) _isCancelled = true;
        }
        catch (const std::system_error& e)
        {
            _faults.add(_job.files[i].name, "cannot be read: " + e.code().message());
        }
    }
    return !_isCancelled;
}

bool ImportReading::readFile(std::size_t number, ByteSource& source)
{
    const auto& file = _job.files[number];
    CharStream stream(source);
    const auto countBefore = _products.size();
    const auto faultsBefore = _faults.count();
    bool isCancelled = false;
    const auto onFault = [&](Position at, const std::string& what) { _faults.add(file.name, at, what); };
    const RecordEvents events{[&](const Record& record)
                              {
                                  take(number, _mapper.map(record, onFault));
                                  const auto done = _bytesBefore + stream.bytesTaken();
                                  if (done >= _bytesTold + kProgressStep)
                                  {
                                      _job.onProgress(done, std::max(_bytesInAll, done), "reading");
                                      _bytesTold = done;
                                  }
                                  isCancelled = _job.isCancelled();
                                  return !isCancelled;
                              },
                              onFault};
    if (file.format == ImportFormat::Json)
        readJsonRecords(stream, events);
    else
        DelimitedReader(
            stream, file.format == ImportFormat::Tsv ? DelimitedReader::Form::Tsv : DelimitedReader::Form::Csv, events)
            .run();
    _bytesBefore += source.size();
    if (!isCancelled && _products.size() == countBefore && _faults.count() == faultsBefore)
        _faults.add(file.name, "there is no product in it");
    return !isCancelled;
}

void ImportReading::take(std::size_t file, ImportedProduct product)
{
    product.file = file;
    const auto& sku = product.data.sku;
    const auto [known, isNew] = _bySku.try_emplace(sku, _products.size());
    if (!isNew && !sku.empty())
    {
        const auto& other = _products[known->second];
        _faults.add(_job.files[file].name, product.at,
                    "sku " + sku + " is in " + _job.files[other.file].name + ':' + std::to_string(other.at.line) +
                        " already");
    }
    _products.push_back(std::move(product));
}

std::vector<std::string> ImportReading::notes() const
{
    std::vector<std::string> out;
    std::string ignored;
    for (const auto& name : _mapper.ignoredColumns()) ignored += (ignored.empty() ? "" : ", ") + name;
    if (!ignored.empty()) out.push_back("columns that were ignored: " + ignored);
    if (_mapper.remotePictures() > 0)
        out.push_back("pictures that are addresses in the network, which are not loaded: " +
                      std::to_string(_mapper.remotePictures()));
    if (_mapper.roundedPrices() > 0)
        out.push_back("prices with more decimals than the currency, which were rounded: " +
                      std::to_string(_mapper.roundedPrices()));
    std::size_t unloaded = 0;
    for (const auto& p : _products) unloaded += p.pictures.size();
    if (unloaded > 0 && !_job.pictures)
        out.push_back("picture files that were not loaded, since --imagenes is not given: " + std::to_string(unloaded));
    return out;
}

} // namespace catalogo
