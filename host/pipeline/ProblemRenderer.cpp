#include "ProblemRenderer.h"

#include "core/Utf8.h"
#include "zoco/Json.h"

#include <algorithm>
#include <string>

namespace zoco::host
{

namespace
{

bool isSlug(std::string_view slug)
{
    return !slug.empty() && slug.size() <= 64 &&
           std::all_of(slug.begin(), slug.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

} // namespace

Response renderProblem(const Problem& problem, std::string_view instance, std::string_view requestId)
{
    Response response;
    response.status = problem.status >= 400 && problem.status <= 599 ? problem.status : 500;
    const std::string_view slug = isSlug(problem.slug) ? std::string_view(problem.slug) : "internal";
    auto title = std::string_view(problem.title);
    if (title.empty()) title = problemTitle(slug);
    if (title.empty()) title = problemTitle(problemSlug(response.status));

    std::string body;
    std::string scratch;
    JsonWriter json(body);
    json.beginObject().member("type", "urn:zoco:problem:" + std::string(slug));
    json.member("title", validUtf8(title, scratch)).member("status", response.status);
    if (!problem.detail.empty()) json.member("detail", validUtf8(problem.detail, scratch));
    if (!instance.empty()) json.member("instance", validUtf8(instance, scratch));
    if (!requestId.empty()) json.member("request_id", requestId);
    if (!problem.errors.empty())
    {
        json.key("errores").beginArray();
        for (const auto& e : problem.errors)
        {
            json.beginObject().member("puntero", validUtf8(e.pointer, scratch));
            json.member("detalle", validUtf8(e.detail, scratch)).endObject();
        }
        json.endArray();
    }
    json.endObject();
    response.head = "Content-Type: application/problem+json\r\n";
    response.body = Body::text(std::move(body));
    return response;
}

} // namespace zoco::host
