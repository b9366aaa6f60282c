#pragma once

#include "zoco/Crypto.h"
#include "zoco/Services.h"

#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// Seals every column again that is under an old key, page by page: rotacion.sql. [any-thread]
class Rotacion
{
public:
    /// Both outlive it. [lifecycle, in start]
    Rotacion(const zoco::Service& data, const zoco::Crypto& crypto);

    /// The cursor is "column number:last id"; empty: from the beginning.
    zoco::RotationPage page(std::string_view cursor) const;

private:
    struct Column
    {
        std::string_view table;
        std::string_view name;
        zoco::Operation page;
        zoco::Operation write;
    };

    void seal(const Column& column, const std::string& id, const std::string& sealed) const;

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    std::vector<Column> _columns;
};

} // namespace usuarios
