#pragma once

#include "Crypto.h"
#include "Events.h"
#include "Outbox.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What plugins know about people, so that one of them can show it, or have it erased, as a person asks (GDPR articles
/// 15, 17 and 20). Each plugin that keeps personal data owns a PersonalData; the plugin that owns the accounts asks.
/// They meet over events:
/// - `zoco.personal-data.uses` (durable): what a plugin keeps and why, told at each start: `usos` in Spanish, and
///   `usos_en` in English, four texts for each use; where a plugin tells no English, they are empty there.
/// - `zoco.personal-data.export` (in memory): asks everybody for the data of a person. Answers are
///   `zoco.personal-data.records`, in parts, the last of a plugin with `quedan` 0.
/// - `zoco.personal-data.erase` (durable): a person's data are to go, for good. Comes again until it is done.
/// - `zoco.personal-data.kept` (durable): what a plugin keeps all the same, and why; `correo` is sealed.
namespace zoco
{

inline constexpr std::string_view kPersonalDataUses = "zoco.personal-data.uses";
inline constexpr std::string_view kPersonalDataExport = "zoco.personal-data.export";
inline constexpr std::string_view kPersonalDataRecords = "zoco.personal-data.records";
inline constexpr std::string_view kPersonalDataErase = "zoco.personal-data.erase";
inline constexpr std::string_view kPersonalDataKept = "zoco.personal-data.kept";
inline constexpr std::string_view kPersonalDataContext = "zoco.personal-data"; ///< of what is sealed in these events

/// Who it is about; either may be empty: without `usuario` it is a guest who has shown that the mailbox is theirs. A
/// value.
struct DataSubject
{
    std::string usuario; ///< account id
    std::string correo;  ///< e-mail address, as guests are known by; compare it without case
};

/// What is kept and why, as a person reads it in English.
struct PersonalDataEnglish
{
    std::string data;      ///< such as "Name, e-mail address and telephone number"
    std::string purpose;   ///< such as "Giving access to the account"
    std::string basis;     ///< the legal ground, GDPR article 6
    std::string retention; ///< how long
};

/// What is kept and why, as a person reads it in Spanish, and in English.
struct PersonalDataUse
{
    std::string data;      ///< such as "Nombre, correo y teléfono"
    std::string purpose;   ///< such as "Dar acceso a la cuenta"
    std::string basis;     ///< the legal ground, GDPR article 6
    std::string retention; ///< how long
    /// Empty: people who read English are shown the Spanish.
    PersonalDataEnglish english = {};
};

/// Some of a person's data.
struct PersonalRecords
{
    std::string name; ///< of a file: [a-z][a-z0-9-]*
    std::string json; ///< an array of objects
};

/// A plugin's part in it. Owned by the plugin; the functions run on its threads, one at a time each.
class PersonalData
{
public:
    using Export = std::function<std::vector<PersonalRecords>(const DataSubject&)>;
    /// Returns what is kept all the same and why, as a person reads it; empty: nothing. What it throws brings the order
    /// again, so it must be one that may be done twice.
    using Erase = std::function<std::string(const DataSubject&)>;

    /// Both outlive it. [lifecycle, in init]
    PersonalData(Events& events, const Crypto& crypto, std::vector<PersonalDataUse> uses, Export exporter, Erase eraser)
        : _events(events),
          _crypto(crypto),
          _uses(std::move(uses)),
          _export(std::move(exporter)),
          _erase(std::move(eraser))
    {
        events.subscribe(kPersonalDataExport, Delivery::Competing, [this](const Event& e) { answer(e); });
        events.subscribe(kPersonalDataErase, Delivery::Competing, [this](const Event& e) { erase(e); });
    }
    PersonalData(const PersonalData&) = delete;
    PersonalData& operator=(const PersonalData&) = delete;

    /// Tells what is kept. `data` is the plugin's handle to zoco.data/1. [lifecycle, in start]
    void start(const Service& data)
    {
        _outbox.emplace(data, _crypto);
        std::vector<Value> spanish, english;
        for (const auto& use : _uses)
        {
            addTexts(spanish, use);
            addTexts(english, use.english);
        }
        _outbox->publish({}, kPersonalDataUses, {{"usos", Value::list(spanish)}, {"usos_en", Value::list(english)}})
            .value();
    }

private:
    static constexpr std::size_t kPart = 32 * 1024;

    template <class Texts>
    static void addTexts(std::vector<Value>& list, const Texts& use)
    {
        for (const auto* text : {&use.data, &use.purpose, &use.basis, &use.retention}) list.emplace_back(*text);
    }
    static std::string textOf(const Event& event, std::string_view name)
    {
        const auto value = event[name];
        return value.isNull() ? std::string() : std::string(value.text());
    }
    DataSubject subjectOf(const Event& event) const
    {
        const auto sealed = event["correo"];
        return {textOf(event, "usuario"),
                sealed.isNull() ? std::string() : _crypto.open(sealed.text(), kPersonalDataContext).value()};
    }

    void answer(const Event& event) const
    {
        const auto request = textOf(event, "solicitud");
        const auto records = _export(subjectOf(event));
        std::int64_t left = 0;
        for (const auto& r : records) left += partsOf(r);
        if (left == 0) send(request, "", "", 0);
        for (const auto& r : records)
            for (std::size_t at = 0, end = static_cast<std::size_t>(partsOf(r)); at < end; ++at)
                send(request, r.name, std::string_view(r.json).substr(at * kPart, kPart), --left);
    }
    static std::int64_t partsOf(const PersonalRecords& records)
    {
        return static_cast<std::int64_t>((records.json.size() + kPart - 1) / kPart);
    }
    void send(std::string_view request, std::string_view name, std::string_view part, std::int64_t left) const
    {
        const auto sealed = _crypto.seal(part, kPersonalDataContext);
        const auto status = _events.publish(
            kPersonalDataRecords,
            {{"solicitud", request}, {"nombre", name}, {"parte", Value::blob(sealed)}, {"quedan", left}});
        if (status != ZOCO_OK) throw ProblemException(Problem::fromStatus(status));
    }

    void erase(const Event& event) const
    {
        const auto subject = subjectOf(event);
        const auto kept = _erase(subject);
        if (kept.empty() || !_outbox) return;
        const auto correo = _crypto.seal(subject.correo, kPersonalDataContext);
        _outbox
            ->publish({}, kPersonalDataKept,
                      {{"usuario", subject.usuario}, {"conservado", kept}, {"correo", Value::blob(correo)}})
            .value();
    }

    Events& _events;
    const Crypto& _crypto;
    const std::vector<PersonalDataUse> _uses;
    const Export _export;
    const Erase _erase;
    std::optional<Outbox> _outbox;
};

} // namespace zoco
