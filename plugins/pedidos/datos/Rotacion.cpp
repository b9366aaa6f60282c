#include "Rotacion.h"

#include <utility>
#include <vector>

namespace pedidos
{

zoco::RotationPage rotatedPage(const zoco::Service& data, const zoco::Crypto& crypto, const TablaSellada& table,
                               std::string_view cursor)
{
    using zoco::Value;
    constexpr int kPage = 100;
    std::vector<std::pair<std::string, std::string>> rows;
    const auto take = [&](const zoco::Row& row)
    {
        auto& r = rows.emplace_back();
        row.read(r.first, r.second);
    };
    data.call({}, table.page, {cursor, kPage}, take).value();
    for (const auto& [key, sealed] : rows)
    {
        if (crypto.isCurrent(sealed)) continue;
        const auto context = table.contextOf(key);
        auto opened = crypto.open(sealed, context);
        if (!opened && table.onUnreadable)
        {
            table.onUnreadable(key);
            continue;
        }
        const auto again = crypto.seal(opened.value(), context);
        data.call({}, table.reseal, {key, Value::blob(sealed), Value::blob(again)}).value();
    }
    zoco::RotationPage out;
    out.isOver = rows.size() < static_cast<std::size_t>(kPage);
    if (!out.isOver) out.cursor = rows.back().first;
    return out;
}

} // namespace pedidos
