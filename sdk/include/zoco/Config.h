#pragma once

#include "Value.h"
#include "zoco/abi/config.h"

#include <string>
#include <string_view>

namespace zoco
{

/// The plugin's settings, checked by the host against the schema it declares. Asking for a key that the schema does not
/// have throws: that is the plugin's own mistake. [any-thread]
class Config
{
public:
    explicit Config(const zoco_config* table) noexcept : _table(table) {}

    Value get(std::string_view key) const
    {
        zoco_value v{};
        if (_table->get(_table->self, str(key), &v) != ZOCO_OK)
            throw ProblemException(
                {500, "config", "The schema has no key " + std::string(key), "", {}, ZOCO_E_UNSUPPORTED});
        return Value(v);
    }
    /// Text, empty when optional and unset. Lives as long as the plugin.
    std::string_view text(std::string_view key) const
    {
        const auto v = get(key);
        return v.isNull() ? std::string_view{} : v.text();
    }
    std::int64_t integer(std::string_view key) const { return get(key).integer(); }
    bool boolean(std::string_view key) const { return get(key).boolean(); }
    double real(std::string_view key) const { return get(key).real(); }

private:
    const zoco_config* _table;
};

} // namespace zoco
