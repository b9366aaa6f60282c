#pragma once

#include "datos/TratamientosRepository.h"
#include "zoco/Crypto.h"
#include "zoco/Events.h"
#include "zoco/PersonalData.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// What plugins gave of a person's data.
struct Recogido
{
    struct Part
    {
        std::string extension;
        std::string name;
        std::string json;
    };
    std::vector<Tratamiento> tratamientos;
    std::vector<Part> parts;
    std::set<std::string> silent; ///< plugins that did not answer in time
    bool isTooLarge = false;      ///< it is cut off
};

/// Asks all plugins for the data of a person and gathers what they answer. [any-thread]
class Recogida
{
public:
    using Done = std::function<void(Recogido)>;

    /// Both outlive it.
    Recogida(const zoco::Events& events, const zoco::Crypto& crypto) : _events(events), _crypto(crypto) {}

    /// One of the few that may be under way at once: held until its question has ended. Outlived by the Recogida.
    using Lugar = std::shared_ptr<void>;

    /// A place, taken before anything is used up for it; null: there are as many under way as may be.
    Lugar reserve();
    /// Begins; `done` is called once, on any thread: when all have answered, or by `giveUp`. The number of the request.
    std::string begin(Lugar lugar, const zoco::DataSubject& subject, std::vector<Tratamiento> expected, Done done);
    /// Ends a request that is still under way with what there is.
    void giveUp(std::string_view request);
    /// An event of the topic zoco.personal-data.records.
    void take(const zoco::Event& event);

private:
    struct Pending
    {
        Recogido gathered;
        std::set<std::string> waiting; ///< plugins that have not given their last part
        std::size_t bytes = 0;
        Done done;
        Lugar lugar;
    };

    static constexpr int kMostAtOnce = 8;
    static constexpr std::size_t kMostBytes = 32 * 1024 * 1024;

    static void finish(Pending pending);

    const zoco::Events& _events;
    const zoco::Crypto& _crypto;
    std::mutex _mutex;                      ///< of _pending
    std::atomic<int> _places = kMostAtOnce; ///< that are free
    std::map<std::string, Pending, std::less<>> _pending;
};

} // namespace usuarios
