// An answer that comes later: the handler returns at once, no thread waits meanwhile.
//   GET /Lento/250  ->  {"esperado_ms":250}  after 250 ms

#include "zoco/Json.h"
#include "zoco/Plugin.h"

#include <charconv>
#include <chrono>
#include <memory>
#include <optional>

namespace
{

constexpr int kLongestMs = 10'000;

/// Whole number of milliseconds, 0 to kLongestMs.
std::optional<int> parseMs(std::string_view text)
{
    int ms = 0;
    const auto* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, ms);
    if (result.ec != std::errc() || result.ptr != end || ms < 0 || ms > kLongestMs) return std::nullopt;
    return ms;
}

zoco::Reply waited(int ms)
{
    std::string body;
    zoco::JsonWriter(body).beginObject().member("esperado_ms", ms).endObject();
    return zoco::Reply::json(std::move(body));
}

class Lento final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override
    {
        host.http().deferred("GET", "/Lento/{ms}", {.auth = zoco::Auth::Public, .timeoutMs = kLongestMs + 5'000},
                             [&executor = host.executor()](const zoco::Request& request, zoco::Responder responder)
                             { answerLater(executor, request, std::move(responder)); });
    }

private:
    static void answerLater(const zoco::Executor& executor, const zoco::Request& request, zoco::Responder responder)
    {
        const auto ms = parseMs(request.param("ms"));
        if (!ms)
        {
            const zoco::FieldError fault{"/ms", "a whole number from 0 to " + std::to_string(kLongestMs)};
            responder.send(zoco::Problem{422, "invalid", "The request is not valid", "", {fault}});
            return;
        }
        // Shared, since two may answer: the timer, or we ourselves when there is no room for another timer.
        const auto shared = std::make_shared<zoco::Responder>(std::move(responder));
        const auto status = executor.postAfter(std::chrono::milliseconds(*ms),
                                               [shared, ms]
                                               {
                                                   if (!shared->isCancelled()) shared->send(waited(*ms));
                                               });
        if (status != ZOCO_OK) shared->send(zoco::Problem::fromStatus(ZOCO_E_UNAVAILABLE));
    }
};

} // namespace

ZOCO_PLUGIN(Lento, .id = "lento", .version = "1.0.0");
