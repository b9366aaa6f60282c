#pragma once

#include "zoco/Http.h"

#include <rapidjson/document.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// A JSON object of a request, read member by member. Every fault is collected with its JSON Pointer; members that
/// nobody asked for are faults too. One use, one thread.
class Cuerpo
{
public:
    /// 415 when the request is not application/json, 400 when its body is no JSON, 422 when it is no object.
    static zoco::Result<Cuerpo> of(const zoco::Request& request, std::initializer_list<std::string_view> members);

    /// An object within; nothing (and a fault) when it is not there.
    std::optional<Cuerpo> object(const char* name, std::initializer_list<std::string_view> members);
    /// The objects of an array of 1 to `most`; none (and a fault) when it is no such thing.
    std::vector<Cuerpo> objects(const char* name, std::initializer_list<std::string_view> members, std::size_t most);
    bool has(const char* name) const;
    /// A trimmed text that must be there, of `most` code points at most and without characters that
    /// cannot be seen.
    std::string text(const char* name, std::size_t most);
    /// One that may be absent, null or blank: empty then.
    std::string optionalText(const char* name, std::size_t most);
    /// An array of some of these texts, each once; none when it is absent or null, and a fault when it is empty.
    std::vector<std::string> choices(const char* name, std::span<const std::string_view> allowed);
    /// A whole number within bounds; `otherwise` when it is absent, which is a fault when there is none.
    std::int64_t whole(const char* name, std::int64_t least, std::int64_t most,
                       std::optional<std::int64_t> otherwise = {});
    bool boolean(const char* name, bool otherwise);
    void fault(const char* name, std::string what);

    bool isGood() const noexcept { return _errors->empty(); }
    /// 422 `datos-invalidos` with all faults.
    zoco::Problem problem() const;

private:
    Cuerpo(std::shared_ptr<rapidjson::Document> document, const rapidjson::Value& value, std::string pointer,
           std::shared_ptr<std::vector<zoco::FieldError>> errors);

    const rapidjson::Value* member(const char* name) const;
    void refuse(std::initializer_list<std::string_view> members);
    std::string read(const char* name, std::size_t most, bool isNeeded);

    std::shared_ptr<rapidjson::Document> _document; ///< shared with the objects within, as are the faults
    const rapidjson::Value* _value;
    std::string _pointer;
    std::shared_ptr<std::vector<zoco::FieldError>> _errors;
};

} // namespace pedidos
