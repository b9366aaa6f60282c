#include "DemoJob.h"

#include "ByteSources.h"

namespace catalogo
{

ImportJob demoJob(std::string_view products)
{
    ImportJob job;
    job.files.push_back(
        {"demo.json", ImportFormat::Json, [products] { return std::make_unique<MemorySource>(products); }});
    job.moneda = "EUR";
    job.pictures = std::make_unique<EmbeddedPictures>();
    return job;
}

} // namespace catalogo
