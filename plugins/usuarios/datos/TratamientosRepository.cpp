#include "TratamientosRepository.h"

#include "zoco/Json.h"

namespace usuarios
{

using zoco::Value;

TratamientosRepository::TratamientosRepository(const zoco::Service& data)
    : _data(data),
      _note(data.operation("tratamiento_anotar", {"extension", "usos", "momento"})),
      _all(data.operation("tratamientos"))
{
}

void TratamientosRepository::take(const zoco::Event& event) const
{
    static constexpr std::string_view kNames[] = {"datos", "finalidad", "base", "plazo"};
    const auto list = event["usos"];
    if (list.kind != ZOCO_LIST) return;
    std::string json;
    zoco::JsonWriter writer(json);
    writer.beginArray();
    for (std::uint32_t i = 0; i + 4 <= list.aux; i += 4)
    {
        writer.beginObject();
        for (std::uint32_t j = 0; j < 4; ++j) writer.member(kNames[j], Value(list.as.list[i + j]).text());
        writer.endObject();
    }
    writer.endArray();
    _data.call({}, _note, {event.publisher(), json, Value::time(event.timeUs())}).value();
}

zoco::Result<std::vector<Tratamiento>> TratamientosRepository::all(const zoco::CallContext& context) const
{
    std::vector<Tratamiento> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _all, {}, [&](const zoco::Row& row) { out.push_back(row.as<Tratamiento>()); }));
    return out;
}

} // namespace usuarios
