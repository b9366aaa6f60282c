#include "ParserHarness.h"

#include "transport/RequestParser.h"

#include <cstring>
#include <memory>
#include <stdexcept>

namespace zoco::host::test
{

namespace
{

std::string describe(const RequestParser& parser)
{
    const auto& r = parser.request();
    std::string out;
    for (const auto part : {r.method, r.target, r.path, r.query, r.host}) out.append("[").append(part).append("]");
    out += r.isHttp11 ? " 1.1" : " 1.0";
    if (parser.wantsKeepAlive()) out += " keep";
    if (parser.isChunked()) out += " chunked";
    if (parser.hasBody()) out += " body";
    if (parser.expectsContinue()) out += " continue";
    if (parser.hasUnknownExpectation()) out += " expect?";
    for (const auto& h : r.headers) out.append("\n").append(h.name).append("=").append(h.value);
    return out.append("\n\n").append(r.body);
}

/// A connection's receiving side.
class Receiver
{
public:
    explicit Receiver(const HarnessSettings& settings) : _settings(settings), _parser(settings.limits) {}

    /// False when the stream has been refused.
    bool feed(std::string_view piece)
    {
        move(0, piece);
        for (;;)
        {
            switch (_parser.parse(_data.get(), _size))
            {
            case ParseStep::NeedMore:
                outcome.unread = _size;
                return true;
            case ParseStep::HeadComplete:
                if (_hasHead) throw std::logic_error("two heads of one request");
                _hasHead = true;
                _parser.setBodyLimit(_settings.bodyLimit);
                break;
            case ParseStep::RequestComplete:
                finishRequest();
                break;
            case ParseStep::Failed:
                outcome.status = _parser.failure().status;
                outcome.slug = _parser.failure().slug;
                outcome.unread = 0;
                return false;
            }
        }
    }

    Outcome outcome;

private:
    void finishRequest()
    {
        outcome.requests.push_back(describe(_parser));
        const auto consumed = _parser.consumed();
        _parser.reset();
        _hasHead = false;
        move(consumed, {});
    }

    void move(std::size_t drop, std::string_view added)
    {
        auto next = std::make_unique<char[]>(_size - drop + added.size());
        if (_size > drop) std::memcpy(next.get(), _data.get() + drop, _size - drop);
        if (!added.empty()) std::memcpy(next.get() + (_size - drop), added.data(), added.size());
        if (drop == 0) _parser.rebase(_data.get(), next.get());
        _data = std::move(next);
        _size += added.size() - drop;
    }

    const HarnessSettings& _settings;
    RequestParser _parser;
    bool _hasHead = false;
    std::unique_ptr<char[]> _data;
    std::size_t _size = 0;
};

} // namespace

std::string Outcome::text() const
{
    std::string out = "status " + std::to_string(status) + " " + slug + ", unread " + std::to_string(unread);
    for (const auto& request : requests) out += "\n--- " + request;
    return out;
}

Outcome parseInPieces(std::string_view stream, const std::vector<std::size_t>& cuts, const HarnessSettings& settings)
{
    Receiver receiver(settings);
    std::size_t at = 0;
    for (const auto cut : cuts)
    {
        if (!receiver.feed(stream.substr(at, cut - at))) return receiver.outcome;
        at = cut;
    }
    receiver.feed(stream.substr(at));
    return receiver.outcome;
}

Outcome parseWhole(std::string_view stream, const HarnessSettings& settings)
{
    return parseInPieces(stream, {}, settings);
}

std::string differenceWhenCut(std::string_view stream, const Outcome& expected, const HarnessSettings& settings)
{
    std::vector<std::size_t> everywhere;
    const auto differs = [&](const std::vector<std::size_t>& cuts, const std::string& how)
    {
        auto found = parseInPieces(stream, cuts, settings);
        // A chunked body that has not ended yet is decoded as it comes, so the bytes left over are fewer.
        if (found.status == 0) found.unread = expected.unread;
        return found == expected ? std::string() : how + ": " + found.text() + "\nbut expected " + expected.text();
    };
    for (std::size_t cut = 1; cut < stream.size(); ++cut)
    {
        everywhere.push_back(cut);
        if (auto text = differs({cut}, "cut at " + std::to_string(cut)); !text.empty()) return text;
    }
    return differs(everywhere, "byte by byte");
}

} // namespace zoco::host::test
