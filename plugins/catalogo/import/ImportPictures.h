#pragma once

#include "ImportFaults.h"
#include "ImportJob.h"
#include "RecordMapper.h"
#include "pictures/PictureStore.h"

#include <map>
#include <string>
#include <vector>

namespace catalogo
{

/// The pictures of an import: found and checked first, stored later, and taken back unless the import succeeds.
/// One use, one thread.
class ImportPictures
{
public:
    ImportPictures(const ImportJob& job, const PictureStore& store) : _job(job), _store(store) {}
    /// Takes back what was stored, unless `keep` was called.
    ~ImportPictures();
    ImportPictures(const ImportPictures&) = delete;
    ImportPictures& operator=(const ImportPictures&) = delete;

    /// Sets the pictures of every product that has some. False when the operator cancelled.
    bool find(std::vector<ImportedProduct>& products, ImportFaults& faults);
    /// How many of them the store does not have.
    std::uint64_t countNew() const;
    /// Stores them. False when the operator cancelled. Throws std::system_error.
    bool store();
    void keep() noexcept { _stored.clear(); }

private:
    void findOf(ImportedProduct& product, ImportFaults& faults);
    void take(ImportedProduct& product, const std::string& place, Position at, ImportFaults& faults);

    const ImportJob& _job;
    const PictureStore& _store;
    std::map<std::string, std::string> _places; ///< by name in the store
    std::vector<std::string> _stored;
};

} // namespace catalogo
