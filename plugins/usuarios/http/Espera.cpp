#include "Espera.h"

#include "zoco/Json.h"

namespace usuarios
{

zoco::Reply withRetryAfter(const zoco::Request& request, zoco::Reply reply)
{
    const auto& problem = reply.problem();
    if (!problem || problem->status != 429 || problem->code <= 0) return reply;
    std::string body;
    zoco::JsonWriter(body)
        .beginObject()
        .member("type", "urn:zoco:problem:" + problem->slug)
        .member("title", problem->title)
        .member("status", problem->status)
        .member("detail", problem->detail)
        .member("instance", request.path())
        .member("request_id", request.requestId())
        .endObject();
    zoco::Reply out(problem->status, std::move(body), "application/problem+json");
    out.header("Retry-After", std::to_string(problem->code));
    return out;
}

} // namespace usuarios
