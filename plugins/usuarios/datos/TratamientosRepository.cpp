#include "TratamientosRepository.h"

#include "zoco/Json.h"

namespace usuarios
{

using zoco::Value;

namespace
{

constexpr std::string_view kNames[] = {"datos", "finalidad", "base", "plazo"};
constexpr std::uint32_t kParts = 4; ///< of a use

bool isList(const Value& value) { return value.kind == ZOCO_LIST; }
std::string_view textAt(const Value& list, std::uint32_t i) { return Value(list.as.list[i]).text(); }

/// The uses of `told`, and in place of those that it says nothing of, those of `otherwise`.
std::string usesJson(const Value& told, std::string_view idioma, const Value& otherwise)
{
    std::string out;
    zoco::JsonWriter json(out);
    json.beginArray();
    for (std::uint32_t i = 0; i + kParts <= otherwise.aux; i += kParts)
    {
        const bool isTold = isList(told) && i + kParts <= told.aux && !textAt(told, i).empty();
        json.beginObject();
        for (std::uint32_t j = 0; j < kParts; ++j) json.member(kNames[j], textAt(isTold ? told : otherwise, i + j));
        json.member("idioma", isTold ? idioma : "es").endObject();
    }
    json.endArray();
    return out;
}

} // namespace

TratamientosRepository::TratamientosRepository(const zoco::Service& data)
    : _data(data),
      _note(data.operation("tratamiento_anotar", {"extension", "usos", "usos_en", "momento"})),
      _all(data.operation("tratamientos"))
{
}

void TratamientosRepository::take(const zoco::Event& event) const
{
    const auto spanish = event["usos"];
    if (!isList(spanish)) return;
    const auto json = usesJson(spanish, "es", spanish);
    const auto english = usesJson(event["usos_en"], "en", spanish);
    _data.call({}, _note, {event.publisher(), json, english, Value::time(event.timeUs())}).value();
}

zoco::Result<std::vector<Tratamiento>> TratamientosRepository::all(const zoco::CallContext& context) const
{
    std::vector<Tratamiento> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _all, {}, [&](const zoco::Row& row) { out.push_back(row.as<Tratamiento>()); }));
    return out;
}

} // namespace usuarios
