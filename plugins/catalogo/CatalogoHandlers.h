#pragma once

#include "CatalogoUseCases.h"
#include "http/ProductoBody.h"
#include "zoco/Http.h"

namespace catalogo
{

/// The catalogue over HTTP: reads a request, asks the use cases, writes the answer. [any-thread]
class CatalogoHandlers
{
public:
    /// All outlive it.
    CatalogoHandlers(CatalogoUseCases& useCases, const PictureStore& pictures, const Folding& folding,
                     const ProductoBody& bodies)
        : _useCases(useCases), _pictures(pictures), _folding(folding), _bodies(bodies)
    {
    }

    zoco::Reply list(const zoco::Request& request) const;
    zoco::Reply show(const zoco::Request& request) const;
    zoco::Reply categories(const zoco::Request& request) const;
    zoco::Reply picture(const zoco::Request& request) const;

    zoco::Reply create(const zoco::Request& request) const;
    zoco::Reply replace(const zoco::Request& request) const;
    zoco::Reply patch(const zoco::Request& request) const;
    zoco::Reply remove(const zoco::Request& request) const;

private:
    CatalogoUseCases& _useCases;
    const PictureStore& _pictures;
    const Folding& _folding;
    const ProductoBody& _bodies;
};

} // namespace catalogo
