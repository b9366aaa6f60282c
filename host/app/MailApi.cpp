#include "MailApi.h"

#include "core/Clock.h"
#include "zoco/Json.h"

namespace zoco::host
{

namespace
{

constexpr std::string_view kMailList = R"({"tags":["host"],"summary":"Mails that wait to be sent, or were put aside",
"responses":{"200":{"description":"OK"}}})";
constexpr std::string_view kRetry = R"({"tags":["host"],"summary":"Try to send a mail at once, also one put aside",
"responses":{"204":{"description":"It will be tried"},"404":{"description":"None waits"}}})";
constexpr std::string_view kMailDiscard = R"({"tags":["host"],"summary":"Drop a mail that waits",
"responses":{"204":{"description":"Dropped"},"404":{"description":"None waits, or it is being sent"}}})";

std::string mailTime(std::int64_t microseconds)
{
    std::string out;
    appendRfc3339(out, microseconds);
    return out;
}

Reply outcome(bool isDone)
{
    if (isDone) return Reply::empty(204);
    return Problem{404, "not-found", "", "There is none.", {}, ZOCO_E_UNSUPPORTED};
}

} // namespace

MailApi::MailApi(HostEndpoints& endpoints, Mailer& mailer) : _mailer(mailer)
{
    endpoints.add(
        "GET", "/_zoco/correo", ZOCO_AUTH_ROLE, [this](const zoco::Request&) { return list(); }, kMailList);
    endpoints.add(
        "POST", "/_zoco/correo/{id}", ZOCO_AUTH_ROLE,
        [this](const zoco::Request& r) { return outcome(_mailer.retry(std::string(r.param("id")))); }, kRetry);
    endpoints.add(
        "DELETE", "/_zoco/correo/{id}", ZOCO_AUTH_ROLE,
        [this](const zoco::Request& r) { return outcome(_mailer.discard(std::string(r.param("id")))); }, kMailDiscard);
}

Reply MailApi::list() const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("correos").beginArray();
    for (const auto& [id, entry] : _mailer.list())
    {
        json.beginObject().member("id", id).member("plugin", entry.publisher);
        json.member("momento", mailTime(entry.timeUs)).member("intentos", std::int64_t{entry.tries});
        json.member("apartado", entry.isAside).member("causa", entry.reason);
        json.member("proximo", mailTime(entry.dueUs)).endObject();
    }
    json.endArray().endObject();
    return Reply::json(std::move(out));
}

} // namespace zoco::host
