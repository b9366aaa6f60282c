#pragma once

#include "CatalogoRepository.h"
#include "CatalogoUseCases.h"
#include "ImportJob.h"
#include "pictures/PictureStore.h"

#include <mutex>

namespace catalogo
{

/// Brings files of products into the catalogue, all or nothing: reads and checks everything, compares with what is
/// there, stores the new pictures and makes all changes in one atomic group. One at a time, since one that fails takes
/// back its pictures: a second one meanwhile is refused. [any-thread]
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
    ImportReport runAlone(const ImportJob& job) const;

    const CatalogoRepository& _repository;
    CatalogoUseCases& _useCases;
    const PictureStore& _pictures;
    const Folding& _folding;
    mutable std::mutex _running;
};

} // namespace catalogo
