#pragma once

#include "CatalogoRepository.h"
#include "ImportJob.h"
#include "RecordMapper.h"

#include <vector>

namespace catalogo
{

/// What an import changes.
struct ImportPlan
{
    Cambios changes;
    ImportReport::Counts counts; ///< without pictures
};

/// Compares the products of an import, which it uses up, with those that are there. New ones come in the order of the
/// file, so that the last one counts as the newest.
zoco::Result<ImportPlan> planImport(const CatalogoRepository& repository, std::vector<ImportedProduct>& products);

} // namespace catalogo
