#include "core/config/Config.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace zoco::host;

/// Text as properties, as a schema, and as settings of that schema: never more than errors, and every property that
/// is returned has a key and a line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    ConfigErrors errors;
    const auto properties = parseProperties(text, "f", errors);
    for (const auto& p : properties)
        if (p.key.empty() || p.origin.line < 1 || p.value != trim(p.value)) std::abort();
    const auto schema = ConfigSchema::parse(text, "f", errors);
    std::vector<Property> own;
    for (const auto& p : properties)
        if (!p.key.ends_with("_file")) own.push_back(p); // would read files
    const auto config = Config::build(schema, own, "plugins.f.", errors);
    for (const auto& name : schema.names())
        if (!config.value(name)) std::abort();
    return 0;
}
