#include "ProblemCatalogue.h"

namespace zoco::host
{

namespace
{

constexpr ProblemType kTypes[] = {
    {400, "bad-request", "The request is malformed"},
    {400, "idempotency-key-malformed", "The Idempotency-Key is malformed"},
    {400, "idempotency-key-missing", "This request needs an Idempotency-Key"},
    {401, "unauthorized", "Log in first"},
    {403, "forbidden", "Not allowed"},
    {403, "foreign-origin", "Only the shop's own pages may send this"},
    {404, "not-found", "Nothing is here"},
    {405, "method-not-allowed", "This method is not supported here"},
    {408, "request-timeout", "The request took too long to arrive"},
    {409, "conflict", "It conflicts with the present state"},
    {409, "idempotency-in-flight", "A request with this Idempotency-Key is being served"},
    {409, "setting-pinned", "The setting is fixed from outside"},
    {412, "precondition-failed", "A precondition failed"},
    {413, "payload-too-large", "The content is too large"},
    {414, "uri-too-long", "The address is too long"},
    {415, "unsupported-media-type", "This kind of content is not supported"},
    {416, "range-not-satisfiable", "The range cannot be served"},
    {417, "expectation-failed", "The expectation cannot be met"},
    {421, "misdirected-request", "This host name is not served here"},
    {422, "change-refused", "The change was refused; nothing was changed"},
    {422, "idempotency-key-reused", "This Idempotency-Key was used for another request"},
    {429, "too-many-requests", "Too many requests"},
    {431, "headers-too-large", "The request's headers are too large"},
    {500, "internal", "Internal error"},
    {501, "not-implemented", "Not implemented"},
    {502, "bad-gateway", "A part behind the gateway failed"},
    {502, "plugin-crashed", "A part of the shop stopped while it answered"},
    {503, "unavailable", "Service unavailable"},
    {504, "deadline", "The answer took too long"},
    {505, "http-version", "This HTTP version is not supported"},
};

} // namespace

std::span<const ProblemType> problemTypes() noexcept { return kTypes; }

std::string_view problemSlug(int status) noexcept
{
    for (const auto& type : kTypes)
        if (type.status == status) return type.slug;
    return "internal";
}

std::string_view problemTitle(std::string_view slug) noexcept
{
    for (const auto& type : kTypes)
        if (type.slug == slug) return type.title;
    return {};
}

} // namespace zoco::host
