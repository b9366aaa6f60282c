#include "RotatorProxies.h"

#include "PluginLink.h"
#include "core/Clock.h"
#include "zoco/Problem.h"

namespace zoco::host
{

namespace
{
constexpr std::int64_t kRotatorRestartNs = 5'000'000'000; ///< that a page waits for a process
constexpr std::int64_t kPageNs = 60'000'000'000;
} // namespace

void RotatorProxies::fill(std::vector<PluginRotator>& rotators)
{
    _proxies.clear();
    for (auto& rotator : rotators)
    {
        _proxies.push_back(std::make_unique<Proxy>(Proxy{this, _proxies.size()}));
        rotator.page = &page;
        rotator.context = _proxies.back().get();
    }
}

zoco_status RotatorProxies::page(void* raw, zoco_bytes cursor, zoco_rotation* out)
try
{
    const auto& proxy = *static_cast<Proxy*>(raw);
    return proxy.owner->ask(proxy.index, cursor, *out);
}
catch (const std::exception&)
{
    return ZOCO_E_FAILED;
}

zoco_status RotatorProxies::ask(std::uint64_t index, zoco_bytes cursor, zoco_rotation& out)
{
    const auto link = _links.awaitLink(steadyNs() + kRotatorRestartNs);
    if (link == nullptr) return ZOCO_E_UNAVAILABLE;
    const auto id = link->peer().nextId();
    auto question = frame(Frame::Rotate, id);
    question.number(index).bytes(view(cursor));
    std::string reply;
    const auto asked = link->peer().ask(id, question.finish(), steadyNs() + kPageNs, reply);
    if (asked != Asked::Answered) return ZOCO_E_UNAVAILABLE;
    Unpacker in(reply);
    const auto status = static_cast<zoco_status>(in.integer());
    if (status < 0) return status;
    out.is_over = in.boolean() ? 1 : 0;
    out.done = in.number();
    out.total = in.number();
    auto* kept = new std::string(in.bytes());
    out.cursor = {kept->data(), kept->size(), [](void* text) { delete static_cast<std::string*>(text); }, kept};
    link->noteAnswer();
    return ZOCO_OK;
}

std::string rotatePage(std::string_view payload, const std::vector<PluginRotator>& rotators)
{
    Unpacker in(payload);
    const auto index = in.number();
    const std::string cursor(in.bytes());
    RotatedPage page;
    const auto status = index < rotators.size() ? runPage(rotators[index], cursor, page) : ZOCO_E_UNSUPPORTED;
    auto out = frame(Frame::Reply, in.id());
    out.integer(status);
    if (status >= 0) out.boolean(page.isOver).number(page.done).number(page.total).bytes(page.cursor);
    return out.finish();
}

} // namespace zoco::host
