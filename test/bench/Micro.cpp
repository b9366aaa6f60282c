// The parts of a request, each alone, in nanoseconds: bench_micro [NAME_PART]
// A figure is the best of seven batches, since what disturbs a batch only makes it slower. To count instructions:
//   valgrind --tool=callgrind bench_micro route

#include "core/Clock.h"
#include "pipeline/ProblemRenderer.h"
#include "pipeline/RequestMeter.h"
#include "pipeline/SecurityHeaders.h"
#include "pipeline/identity/Credentials.h"
#include "pipeline/identity/SessionCache.h"
#include "placement/PluginCrypto.h"
#include "placement/PluginMetrics.h"
#include "routing/RouteTable.h"
#include "services/ServiceChange.h"
#include "transport/RequestParser.h"
#include "transport/ResponseWriter.h"
#include "zoco/Crypto.h"
#include "zoco/Http.h"
#include "zoco/Provider.h"
#include "zoco/Services.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace
{

using namespace zoco::host;

constexpr std::string_view kSmallHead = "GET /Hola/Ana HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n";
constexpr std::string_view kBrowserHead =
    "GET /productos.html?q=aceite+de+oliva&categoria=despensa HTTP/1.1\r\n"
    "Host: tienda.example.com\r\n"
    "Connection: keep-alive\r\n"
    "sec-ch-ua: \"Chromium\";v=\"130\", \"Not?A_Brand\";v=\"99\"\r\n"
    "sec-ch-ua-mobile: ?0\r\n"
    "sec-ch-ua-platform: \"Linux\"\r\n"
    "Upgrade-Insecure-Requests: 1\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n"
    "Sec-Fetch-Site: same-origin\r\n"
    "Sec-Fetch-Mode: navigate\r\n"
    "Sec-Fetch-Dest: document\r\n"
    "Referer: http://tienda.example.com/\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
    "Accept-Language: es-ES,es;q=0.9,en;q=0.8\r\n\r\n";

/// Keeps the compiler from dropping what is measured.
template <class T>
void use(const T& value)
{
    __asm__ volatile("" : : "g"(&value) : "memory");
}

void measure(std::string_view wanted, const char* name, const std::function<void()>& once)
{
    using Clock = std::chrono::steady_clock;
    if (std::string_view(name).find(wanted) == std::string_view::npos) return;
    constexpr int kBatches = 7;
    long repeats = 1;
    double best = 0;
    for (int batch = 0; batch < kBatches;)
    {
        const auto begin = Clock::now();
        for (long i = 0; i < repeats; ++i) once();
        const auto took = std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
        if (took < 2e7) // too short to read the clock around
        {
            repeats *= 4;
            continue;
        }
        const auto each = took / static_cast<double>(repeats);
        best = batch == 0 ? each : std::min(best, each);
        ++batch;
    }
    std::printf("  %-34s %10.1f ns\n", name, best);
}

std::function<void()> parsing(std::string_view head)
{
    struct State
    {
        std::string bytes;
        RequestParser parser{ParserLimits{}};
    };
    auto state = std::make_shared<State>();
    state->bytes = head;
    return [state]
    {
        state->parser.reset();
        auto size = state->bytes.size();
        auto step = state->parser.parse(state->bytes.data(), size);
        if (step == ParseStep::HeadComplete) step = state->parser.parse(state->bytes.data(), size);
        if (step != ParseStep::RequestComplete) throw std::logic_error("the head was not accepted");
    };
}

std::function<void()> matching(std::string_view path)
{
    std::vector<Route> routes;
    for (const char* text :
         {"/Hola/{nombre}", "/Catalogo/productos", "/Catalogo/productos/{id}", "/Catalogo/categorias", "/healthz",
          "/readyz", "/openapi.json", "/GestorBBDD/estado", "/GestorBBDD/operaciones", "/Archivos/{resto...}"})
    {
        Route route;
        route.pattern = zoco::host::RoutePattern::parse(text).value();
        route.method = "GET";
        routes.push_back(std::move(route));
    }
    std::vector<RouteConflict> conflicts;
    std::shared_ptr<const RouteTable> table = RouteTable::build(std::move(routes), conflicts);
    auto match = std::make_shared<RouteMatch>();
    return [table, match, path]
    {
        table->match("GET", path, *match);
        if (match->route == nullptr) throw std::logic_error("the path was not matched");
    };
}

std::function<void()> writing()
{
    auto writer = std::make_shared<ResponseWriter>();
    auto headers = std::make_shared<SecurityHeaders>(false);
    return [writer, headers]
    {
        Response response;
        response.addHeader("Content-Type", "application/json");
        response.addHeader("Cache-Control", "no-store");
        response.addHeader("X-Request-Id", "0123456789abcdefghjk");
        headers->apply(response, "tienda.example");
        response.body = Body::borrowed(R"({"saludo":"Hola, Ana"})");
        writer->start(std::move(response), true, false);
        use(*writer);
    };
}

void renderAProblem()
{
    const zoco::Problem problem{422,
                                "invalid",
                                "The request is not valid",
                                "Two fields are wrong",
                                {{"/precio", "must be a number"}, {"/nombre", "is missing"}},
                                ZOCO_E_INVALID};
    use(renderProblem(problem, "/Catalogo/productos", "0123456789abcdefghjk"));
}

/// Answers every call with one row of one value.
class Echo final : public zoco::Provider
{
public:
    using Provider::Provider;
    zoco_operation resolve(zoco::ConsumerNote*, std::string_view, std::span<const std::string_view>) override
    {
        return 1;
    }
    zoco_status call(zoco::ConsumerNote*, const zoco::ServiceCall& call, const zoco::ServiceSink& sink) override
    {
        const auto& step = call.steps().front();
        return sink.row(0, {step.args, step.arg_count});
    }
};

std::function<void()> calling()
{
    struct State
    {
        Echo provider{zoco::Log(nullptr)};
        ServiceRegistry registry;
        std::shared_ptr<ServiceHandle> handle;
    };
    auto state = std::make_shared<State>();
    std::string reason;
    ServiceChange services(state->registry, {});
    services.offer({"bench.echo/1", "echo", state->provider.raw(), nullptr});
    state->handle = services.attach("bench.echo/1", ConsumerInfo{"bench", "1.0.0", 1, nullptr, {}}, reason);
    if (state->handle == nullptr) throw std::logic_error(reason);
    services.commit();
    const zoco::Service service(state->handle->table());
    const auto operation = service.operation("echo", {"value"});
    return [state, service, operation]
    {
        std::int64_t sum = 0;
        const auto done = service.call({}, operation, {zoco::Value(std::int64_t{7})},
                                       [&](const zoco::Row& row) { sum += row[0].integer(); });
        if (!done.ok() || sum != 7) throw std::logic_error("the call failed");
    };
}

/// Fields as a plugin seals them, through the interface.
struct Sealing
{
    KeyRing keys{KeySet::fresh()};
    std::vector<PluginRotator> rotators;
    PluginCrypto own{keys, "bench", rotators, {[] { return true; }, [](std::string_view) {}}};
    zoco::Crypto crypto{own.table(), zoco::Log(nullptr)};
};

std::function<void()> sealing(std::size_t size)
{
    auto state = std::make_shared<Sealing>();
    return [state, plain = std::string(size, 'x')] { use(state->crypto.seal(plain, "usuarios.correo:0123456789")); };
}

std::function<void()> opening(std::size_t size)
{
    auto state = std::make_shared<Sealing>();
    return [state, sealed = state->crypto.seal(std::string(size, 'x'), "usuarios.correo:0123456789")]
    { use(state->crypto.open(sealed, "usuarios.correo:0123456789").value()); };
}

std::function<void()> indexing()
{
    auto state = std::make_shared<Sealing>();
    return [state] { use(state->crypto.blindIndex("correo", "ana@example.com")); };
}

std::function<void()> counting(std::uint32_t kind)
{
    struct State
    {
        Metrics metrics;
        PluginMetrics own{metrics, "bench", {[] { return true; }, [](std::string_view) {}}};
        zoco_series* series = nullptr;
    };
    auto state = std::make_shared<State>();
    const auto* table = state->own.table();
    const zoco_metric metric{sizeof metric, kind, kind == ZOCO_COUNTER ? "a_total" : "a", "", nullptr, 0, 0, nullptr};
    if (table->declare(table->self, &metric, &state->series) != ZOCO_OK) throw std::logic_error("refused");
    const auto update = kind == ZOCO_COUNTER ? table->add : table->observe;
    return [state, update]
    {
        if (update(state->series, 0.003) != ZOCO_OK) throw std::logic_error("not counted");
    };
}

std::function<void()> countingRequests()
{
    struct State
    {
        Metrics metrics;
        RequestMeter meter{metrics, "bench"};
    };
    auto state = std::make_shared<State>();
    return [state] { state->meter.count(200, 123'456); };
}

/// What a request with a session pays in the loop: its cookie is read, and the session found in a full cache.
std::function<void()> checkingASession()
{
    struct State
    {
        SessionCache cache;
        HostCookies cookies{true};
        std::string cookie;
        std::vector<HeaderField> fields;
        zoco::host::Request request;
    };
    auto state = std::make_shared<State>();
    std::string token;
    for (int i = 0; i < 40'000; ++i)
    {
        token = std::to_string(i);
        token.insert(0, kTokenSize - token.size(), 't');
        const zoco::AuthSession row{"u" + token.substr(33), "s", "cliente", INT64_MAX, 1, "pwd"};
        (void)state->cache.put(hashOfToken(token), zoco::host::Session::make(row), state->cache.ticket(), 0);
    }
    state->cookie = "otra=1; " + state->cookies.sessionName() + '=' + token;
    state->fields = {{"Host", "tienda.example"}, {"Accept", "*/*"}, {"Cookie", state->cookie}};
    state->request.headers = state->fields;
    return [state]
    {
        const auto credentials = Credentials::of(state->request, state->cookies);
        const auto found = state->cache.find(hashOfToken(credentials.token), 1, unixMicros());
        if (!found || *found == nullptr) throw std::logic_error("the session was not found");
    };
}

} // namespace

int main(int argc, char** argv)
{
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    std::puts("The parts of a request, best of 7 batches");
    measure(wanted, "parse a 47-byte request", parsing(kSmallHead));
    measure(wanted, "parse a browser's request", parsing(kBrowserHead));
    measure(wanted, "match a route", matching("/Catalogo/productos/aceite-de-oliva-1l"));
    measure(wanted, "write a response's head", writing());
    measure(wanted, "render a problem", renderAProblem);
    measure(wanted, "call a service in process", calling());
    measure(wanted, "count up, as a plugin does", counting(ZOCO_COUNTER));
    measure(wanted, "observe a duration, as a plugin does", counting(ZOCO_HISTOGRAM));
    measure(wanted, "count a request", countingRequests());
    measure(wanted, "check a cached session", checkingASession());
    measure(wanted, "seal a field of 32 bytes", sealing(32));
    measure(wanted, "seal a field of 1024 bytes", sealing(1024));
    measure(wanted, "open a field of 32 bytes", opening(32));
    measure(wanted, "open a field of 1024 bytes", opening(1024));
    measure(wanted, "blind index", indexing());
    return 0;
}
