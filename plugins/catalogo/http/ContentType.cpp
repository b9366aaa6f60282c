#include "ContentType.h"

#include "text/Utf8.h"

#include <algorithm>

namespace catalogo
{

std::optional<zoco::Problem> faultOfContentType(const zoco::Request& request,
                                                std::initializer_list<std::string_view> accepted)
{
    const auto header = request.header("Content-Type");
    std::string type(trimmed(header.substr(0, header.find(';'))));
    for (auto& c : type)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
    if (std::find(accepted.begin(), accepted.end(), type) != accepted.end()) return std::nullopt;
    return zoco::Problem{415,
                         "tipo-de-contenido",
                         "The content type is not accepted here",
                         "Expected " + std::string(*accepted.begin()) + ".",
                         {}};
}

} // namespace catalogo
