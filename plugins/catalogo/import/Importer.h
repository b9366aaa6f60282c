#pragma once

#include "CatalogoRepository.h"
#include "CatalogoUseCases.h"
#include "ImportJob.h"
#include "pictures/PictureStore.h"

namespace catalogo
{

/// Brings files of products into the catalogue, all or nothing: reads and checks everything, compares with what is
/// there, stores the new pictures and makes all changes in one atomic group. [any-thread]
class Importer
{
public:
    Importer(const CatalogoRepository& repository, CatalogoUseCases& useCases, const PictureStore& pictures,
             const Folding& folding)
        : _repository(repository), _useCases(useCases), _pictures(pictures), _folding(folding)
    {
    }

    ImportReport run(const ImportJob& job) const;

private:
    const CatalogoRepository& _repository;
    CatalogoUseCases& _useCases;
    const PictureStore& _pictures;
    const Folding& _folding;
};

} // namespace catalogo
