#include "ImportPictures.h"

#include "pictures/PictureCheck.h"

#include <algorithm>
#include <system_error>

namespace catalogo
{

ImportPictures::~ImportPictures()
{
    for (const auto& name : _stored) _store.remove(name);
}

bool ImportPictures::find(std::vector<ImportedProduct>& products, ImportFaults& faults)
{
    if (!_job.pictures) return true;
    std::uint64_t done = 0;
    for (auto& product : products)
    {
        if (_job.isCancelled()) return false;
        findOf(product, faults);
        if (++done % 16 == 0) _job.onProgress(done, products.size(), "checking pictures");
    }
    return true;
}

void ImportPictures::findOf(ImportedProduct& product, ImportFaults& faults)
{
    for (const auto& mention : product.pictures)
    {
        if (const auto place = _job.pictures->named(mention.name))
            take(product, *place, mention.at, faults);
        else
            faults.add(_job.files[product.file].name, mention.at, "there is no picture " + mention.name);
    }
    if (!product.pictures.empty()) return;
    if (const auto place = _job.pictures->ofProduct(product.keys)) take(product, *place, product.at, faults);
}

void ImportPictures::take(ImportedProduct& product, const std::string& place, Position at, ImportFaults& faults)
{
    const auto content = _job.pictures->load(place);
    const auto verdict = content ? checkPicture(*content) : PictureVerdict{{}, "it cannot be read"};
    if (!verdict.fault.empty())
        return faults.add(_job.files[product.file].name, at, "picture " + place + ": " + verdict.fault);
    auto name = pictureNameOf(*content, verdict.kind);
    auto& pictures = product.data.imagenes;
    _places.emplace(name, place);
    if (std::find(pictures.begin(), pictures.end(), name) == pictures.end()) pictures.push_back(std::move(name));
}

std::uint64_t ImportPictures::countNew() const
{
    return static_cast<std::uint64_t>(std::count_if(_places.begin(), _places.end(),
                                                    [&](const auto& entry) { return !_store.contains(entry.first); }));
}

bool ImportPictures::store()
{
    std::uint64_t done = 0;
    for (const auto& [name, place] : _places)
    {
        if (_job.isCancelled()) return false;
        const auto content = _job.pictures->load(place);
        if (!content || pictureNameOf(*content, *kindOfPictureName(name)) != name)
            throw std::system_error(EBUSY, std::generic_category(), "picture " + place + " changed during the import");
        if (_store.store(name, *content)) _stored.push_back(name);
        if (++done % 16 == 0) _job.onProgress(done, _places.size(), "storing pictures");
    }
    if (!_stored.empty()) _store.sync(); // products that refer to them become durable next
    return true;
}

} // namespace catalogo
