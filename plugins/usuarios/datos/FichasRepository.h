#pragma once

#include "Sello.h"
#include "zoco/Services.h"

#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// A token that was mailed in a link, as it is stored.
struct Ficha
{
    std::string id;
    std::string clase;
    std::string sujeto; ///< account or change that it is for; empty: none yet
    std::string datos;
};

/// A change of address that waits for its confirmations.
struct Cambio
{
    std::string id;
    std::string usuario;
    std::string correo;
    std::string indice;
    bool isPorViejo = false;
    bool isPorNuevo = false;
};

/// Tokens of mailed links, and changes of address: fichas.sql. What begins with `add` adds a step to the caller's
/// group. [any-thread]
class FichasRepository
{
public:
    FichasRepository(const zoco::Service& data, const zoco::Crypto& crypto);

    /// Adds one and returns its token: 43 characters that nobody can guess. Only its hash is stored.
    std::string addCreate(zoco::Group& group, std::string_view clase, std::string_view sujeto, std::string_view datos,
                          std::int64_t until) const;
    /// Nothing when it was used, has expired, or never was.
    zoco::Result<std::optional<Ficha>> find(const zoco::CallContext& context, std::string_view token,
                                            std::int64_t now) const;
    /// Uses it up; the group fails when somebody else was quicker.
    void addSpend(zoco::Group& group, std::string_view id, std::int64_t now) const;
    void addRemoveOf(zoco::Group& group, std::string_view sujeto, std::string_view clase) const;
    void addRemoveAllOf(zoco::Group& group, std::string_view sujeto) const;

    std::string newId() const;
    void addChange(zoco::Group& group, const Cambio& change, std::int64_t until) const;
    zoco::Result<std::optional<Cambio>> change(const zoco::CallContext& context, std::string_view id,
                                               std::int64_t now) const;
    void addConfirm(zoco::Group& group, std::string_view id, bool isByOld) const;
    /// Takes a change that both confirmed; the group fails when it is none.
    void addTakeChange(zoco::Group& group, std::string_view id) const;
    void addRemoveChangesOf(zoco::Group& group, std::string_view usuario) const;

private:
    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    Sello _fichas;
    Sello _cambios;
    zoco::Operation _create, _find, _spend, _removeOf, _removeAllOf, _change, _newChange, _confirm, _takeChange,
        _removeChanges;
};

} // namespace usuarios
