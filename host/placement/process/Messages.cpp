#include "Messages.h"

#include "core/Clock.h"
#include "zoco/detail/ProblemAbi.h"

#include <algorithm>
#include <limits>

namespace zoco::host
{

Packer frame(Frame type, std::uint64_t id, std::size_t sizeHint)
{
    return Packer(static_cast<std::uint32_t>(type), id, sizeHint);
}

void packStrings(Packer& out, const std::vector<std::string>& texts)
{
    out.list(texts.size());
    for (const auto& text : texts) out.text(text);
}

std::vector<std::string> unpackStrings(Unpacker& in)
{
    std::vector<std::string> out;
    for (auto left = in.list(); left > 0; --left) out.push_back(in.string());
    return out;
}

void packResources(Packer& out, const zoco_resource* resources)
{
    const auto travels = [](const zoco_resource& r) { return std::string_view(r.kind) != "file"; };
    std::size_t count = 0;
    for (const auto* r = resources; r != nullptr && r->kind != nullptr; ++r) count += travels(*r) ? 1 : 0;
    out.list(count);
    for (const auto* r = resources; r != nullptr && r->kind != nullptr; ++r)
        if (travels(*r)) out.text(r->kind).text(r->name == nullptr ? "" : r->name).bytes(view(r->data));
}

void unpackResources(Unpacker& in, std::vector<zoco_resource>& out, std::deque<std::string>& texts)
{
    for (auto left = in.list(); left > 0; --left)
    {
        const auto& kind = texts.emplace_back(in.text());
        const auto& name = texts.emplace_back(in.text());
        const auto& data = texts.emplace_back(in.bytes());
        out.push_back({kind.c_str(), name.c_str(), {data.data(), data.size()}});
    }
    out.push_back({nullptr, nullptr, {nullptr, 0}});
}

void packIdentity(Packer& out, const PluginIdentity& identity)
{
    out.text(identity.id).text(identity.version).boolean(identity.isSerial);
    packStrings(out, identity.provides);
    packStrings(out, identity.needs);
    packStrings(out, identity.uses);
    packResources(out, identity.resources);
}

void PluginFile::pack(Packer& out) const
{
    out.number(kWireVersion).text(path).text(configSchema);
    packStrings(out, needed);
    packIdentity(out, identity);
}

std::shared_ptr<const PluginFile> PluginFile::unpack(Unpacker& in)
{
    const auto version = in.number();
    if (version != kWireVersion)
        throw MalformedFrame("it speaks version " + std::to_string(version) + " of the protocol, this host " +
                             std::to_string(kWireVersion));
    auto out = std::make_shared<PluginFile>();
    out->path = in.string();
    out->configSchema = in.string();
    out->needed = unpackStrings(in);
    auto& identity = out->identity;
    identity.id = in.string();
    identity.version = in.string();
    identity.isSerial = in.boolean();
    identity.provides = unpackStrings(in);
    identity.needs = unpackStrings(in);
    identity.uses = unpackStrings(in);
    unpackResources(in, out->_resources, out->_texts);
    identity.resources = out->_resources.data();
    return out;
}

void packRegistration(Packer& out, const Registration& registration)
{
    out.list(registration.routes.size());
    for (const auto& r : registration.routes)
    {
        out.text(r.pattern.text).text(r.method).number(r.auth).text(r.role).number(r.flags).number(r.timeoutMs);
        out.number(r.bodyLimit).number(r.rateCount).number(r.rateWindowMs).text(r.cacheControl).text(r.openapi);
        out.number(r.idempotency);
    }
    out.list(registration.commands.size());
    for (const auto& c : registration.commands) out.text(c.name).text(c.summary).text(c.help);
    out.list(registration.offers.size());
    for (const auto& o : registration.offers) out.text(o.id);
    out.list(registration.rotators.size());
    for (const auto& r : registration.rotators) out.text(r.name);
}

namespace
{

Route unpackRoute(Unpacker& in, const PluginIdentity& identity)
{
    constexpr auto k32 = std::numeric_limits<std::uint32_t>::max();
    Route out;
    auto pattern = RoutePattern::parse(in.string());
    if (!pattern) throw MalformedFrame("a route's pattern is wrong");
    out.pattern = std::move(*pattern);
    out.method = in.string();
    out.auth = static_cast<std::uint32_t>(in.number(ZOCO_AUTH_INTERNAL));
    if (out.auth == 0) throw MalformedFrame("a route's auth is unknown");
    out.role = in.string();
    out.flags = static_cast<std::uint32_t>(in.number(k32));
    out.timeoutMs = static_cast<std::uint32_t>(in.number(k32));
    out.bodyLimit = in.number();
    out.rateCount = static_cast<std::uint32_t>(in.number(k32));
    out.rateWindowMs = static_cast<std::uint32_t>(in.number(k32));
    out.cacheControl = in.string();
    out.openapi = in.string();
    out.idempotency = static_cast<std::uint32_t>(in.number(ZOCO_IDEMPOTENCY_REQUIRED));
    out.plugin = identity.id;
    out.generation = identity.generation;
    return out;
}

} // namespace

Registration unpackRegistration(Unpacker& in, const PluginIdentity& identity)
{
    Registration out;
    for (auto left = in.list(); left > 0; --left) out.routes.push_back(unpackRoute(in, identity));
    for (auto left = in.list(); left > 0; --left)
    {
        PluginCommand command{in.string(), {}, {}, identity.id, nullptr, nullptr};
        command.summary = in.string();
        command.help = in.string();
        out.commands.push_back(std::move(command));
    }
    for (auto left = in.list(); left > 0; --left) out.offers.push_back({in.string(), identity.id, nullptr, nullptr});
    for (auto left = in.list(); left > 0; --left) out.rotators.push_back({in.string(), identity.id});
    const auto isDeclared = [&](const ServiceOffer& offer)
    { return std::find(identity.provides.begin(), identity.provides.end(), offer.id) != identity.provides.end(); };
    if (!std::all_of(out.offers.begin(), out.offers.end(), isDeclared))
        throw MalformedFrame("it offers a service that its entry does not list");
    return out;
}

void packConfig(Packer& out, const Config& config)
{
    out.list(config.settings().size());
    for (const auto& [key, s] : config.settings())
        out.text(key)
            .number(static_cast<std::uint64_t>(s.type))
            .text(s.text)
            .integer(s.integer)
            .real(s.real)
            .boolean(s.isSet);
}

Config unpackConfig(Unpacker& in)
{
    std::map<std::string, Config::Setting, std::less<>> out;
    for (auto left = in.list(); left > 0; --left)
    {
        auto& s = out[in.string()];
        s.type = static_cast<SettingType>(in.number(static_cast<std::uint64_t>(SettingType::Path)));
        s.text = in.string();
        s.integer = in.integer();
        s.real = in.real();
        s.isSet = in.boolean();
    }
    return Config(std::move(out));
}

void packProblem(Packer& out, const zoco_problem& p)
{
    out.integer(p.status).text(p.slug).text(p.title).text(p.detail).pairs(p.errors, p.error_count);
    out.number(detail::retryAfter(p));
}

zoco_problem unpackProblem(Unpacker& in, std::vector<zoco_pair>& errors)
{
    zoco_problem out{sizeof(zoco_problem), 0, {}, {}, {}, nullptr, 0, 0};
    out.status = static_cast<std::int32_t>(in.number(999));
    out.slug = in.str();
    out.title = in.str();
    out.detail = in.str();
    in.pairs(errors);
    out.errors = errors.data();
    out.error_count = static_cast<std::uint32_t>(errors.size());
    out.retry_after = in.number(std::numeric_limits<std::uint32_t>::max());
    return out;
}

void packDeadline(Packer& out, std::int64_t deadlineNs)
{
    out.integer(deadlineNs == 0 ? 0 : std::max<std::int64_t>(1, deadlineNs - steadyNs()));
}

std::int64_t unpackDeadline(Unpacker& in)
{
    constexpr std::uint64_t kYear = 365ull * 86'400 * 1'000'000'000;
    const auto left = static_cast<std::int64_t>(in.number(kYear));
    return left == 0 ? 0 : steadyNs() + left;
}

} // namespace zoco::host
