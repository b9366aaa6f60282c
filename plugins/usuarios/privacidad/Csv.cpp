#include "Csv.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <vector>

namespace usuarios
{

namespace
{

std::string_view viewOf(const rapidjson::Value& text) { return {text.GetString(), text.GetStringLength()}; }

std::string textOf(const rapidjson::Value& value)
{
    if (value.IsNull()) return {};
    if (value.IsString()) return std::string(viewOf(value));
    rapidjson::StringBuffer out;
    rapidjson::Writer<rapidjson::StringBuffer> writer(out);
    value.Accept(writer);
    return {out.GetString(), out.GetSize()};
}

void append(std::string& out, std::string text, bool isText)
{
    const bool isFormula =
        isText && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    if (isFormula) text.insert(0, 1, '\'');
    if (text.find_first_of(",;\"\r\n") == std::string::npos)
    {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text)
    {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

std::vector<std::string> columnsOf(const rapidjson::Document& rows)
{
    std::vector<std::string> out;
    for (const auto& row : rows.GetArray())
        if (row.IsObject())
            for (const auto& member : row.GetObject())
                if (std::find(out.begin(), out.end(), viewOf(member.name)) == out.end())
                    out.emplace_back(viewOf(member.name));
    return out;
}

} // namespace

std::string csvOf(std::string_view json)
{
    rapidjson::Document rows;
    rows.Parse(json.data(), json.size());
    if (rows.HasParseError() || !rows.IsArray()) return {};
    const auto columns = columnsOf(rows);
    std::string out;
    const auto endLine = [&] { out += "\r\n"; };
    for (std::size_t i = 0; i < columns.size(); ++i)
    {
        if (i != 0) out += ',';
        append(out, columns[i], true);
    }
    if (!columns.empty()) endLine();
    for (const auto& row : rows.GetArray())
    {
        if (!row.IsObject()) continue;
        for (std::size_t i = 0; i < columns.size(); ++i)
        {
            if (i != 0) out += ',';
            const auto found = row.FindMember(columns[i].c_str());
            if (found != row.MemberEnd()) append(out, textOf(found->value), found->value.IsString());
        }
        endLine();
    }
    return out;
}

} // namespace usuarios
