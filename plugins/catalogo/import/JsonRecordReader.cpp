#include "JsonRecordReader.h"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <string_view>

namespace catalogo
{

namespace
{

/// The stream as RapidJSON reads it; remembers where the value or name began that is being read.
class JsonInput
{
public:
    using Ch = char;

    explicit JsonInput(CharStream& in) : _in(in) {}

    Ch Peek() const noexcept
    {
        const int byte = _in.peek();
        return byte == CharStream::kEnd ? '\0' : static_cast<char>(byte);
    }
    Ch Take()
    {
        const auto at = _in.position();
        const int byte = _in.take();
        const char c = byte == CharStream::kEnd ? '\0' : static_cast<char>(byte);
        track(c, at);
        return c;
    }
    std::size_t Tell() const noexcept { return static_cast<std::size_t>(_in.bytesTaken()); }

    Position tokenAt() const noexcept { return _token; }
    /// Of the next character: an event about an opening bracket comes before it is taken.
    Position position() const noexcept { return _in.position(); }

    // For writing in place, which a stream to read from never does.
    Ch* PutBegin() { return nullptr; }
    void Put(Ch) {}
    void Flush() {}
    std::size_t PutEnd(Ch*) { return 0; }

private:
    void track(char c, Position at) noexcept
    {
        if (_inString)
        {
            if (_isEscaped)
                _isEscaped = false;
            else if (c == '\\')
                _isEscaped = true;
            else if (c == '"')
                _inString = false;
            return;
        }
        const bool isBetween = std::string_view(" \t\r\n:,]}").find(c) != std::string_view::npos;
        const bool isBegin = c == '"' || c == '[' || c == '{' || (!isBetween && _wasBetween);
        if (isBegin) _token = at;
        _inString = c == '"';
        _wasBetween = isBetween || c == '[' || c == '{';
    }

    CharStream& _in;
    Position _token;
    bool _inString = false;
    bool _isEscaped = false;
    bool _wasBetween = true;
};

/// Takes RapidJSON's events and builds records. A depth counts the open brackets.
class RecordBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, RecordBuilder>
{
public:
    RecordBuilder(const JsonInput& in, const RecordEvents& events) : _in(in), _events(events) {}

    bool hasList() const noexcept { return _hasList; }

    bool Null() { return scalar(Field::Kind::Null, {}); }
    bool Bool(bool b) { return scalar(Field::Kind::Bool, b ? "true" : "false"); }
    bool RawNumber(const char* s, rapidjson::SizeType n, bool) { return scalar(Field::Kind::Number, {s, n}); }
    bool String(const char* s, rapidjson::SizeType n, bool) { return scalar(Field::Kind::Text, {s, n}); }

    bool Key(const char* s, rapidjson::SizeType n, bool)
    {
        const std::string_view name(s, n);
        if (isWrapperLevel()) _isListNext = name == "productos" || name == "products";
        if (isRecordLevel()) _record.fields.push_back({std::string(name), _in.tokenAt(), Field::Kind::Null, {}, {}});
        if (isItemLevel()) _itemName = name;
        return true;
    }
    bool StartObject()
    {
        ++_depth;
        if (isRecordLevel()) _record = {_in.position(), {}};
        if (isItemLevel()) begin(Field::Kind::Object);
        return true;
    }
    bool EndObject(rapidjson::SizeType)
    {
        const bool isGood = !isRecordLevel() || _events.onRecord(_record);
        --_depth;
        return isGood;
    }
    bool StartArray()
    {
        ++_depth;
        if (_depth == 1 || (_depth == 2 && _isListNext)) openList();
        if (isRecordLevel()) _events.onFault(_in.position(), "expected an object");
        if (isItemLevel()) begin(Field::Kind::List);
        return true;
    }
    bool EndArray(rapidjson::SizeType)
    {
        if (_depth == _listDepth) _listDepth = -1;
        --_depth;
        return true;
    }

private:
    static constexpr int kNone = -1;

    bool isWrapperLevel() const noexcept { return _listDepth == kNone && _depth == 1; }
    bool isRecordLevel() const noexcept { return _listDepth != kNone && _depth == _listDepth + 1; }
    bool isItemLevel() const noexcept { return _listDepth != kNone && _depth == _listDepth + 2; }

    void openList()
    {
        _hasList = true;
        _isListNext = false;
        _listDepth = _depth;
    }

    void begin(Field::Kind kind)
    {
        if (_record.fields.empty()) return;
        _record.fields.back().kind = kind;
        _record.fields.back().at = _in.position();
    }

    bool scalar(Field::Kind kind, std::string_view text)
    {
        if (_listDepth != kNone && _depth == _listDepth) _events.onFault(_in.tokenAt(), "expected an object");
        if (_record.fields.empty()) return true;
        auto& field = _record.fields.back();
        if (isRecordLevel())
        {
            field.kind = kind;
            field.text = text;
            field.at = _in.tokenAt();
        }
        if (isItemLevel() && kind != Field::Kind::Null)
            field.items.emplace_back(field.kind == Field::Kind::Object ? _itemName : std::string(), text);
        return true;
    }

    const JsonInput& _in;
    const RecordEvents& _events;
    int _depth = 0;
    int _listDepth = kNone; ///< of the list of records, while inside it
    bool _isListNext = false;
    bool _hasList = false;
    std::string _itemName;
    Record _record;
};

} // namespace

void readJsonRecords(CharStream& stream, const RecordEvents& events)
{
    constexpr unsigned kFlags =
        rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;
    JsonInput in(stream);
    RecordBuilder builder(in, events);
    rapidjson::Reader reader;
    const auto result = reader.Parse<kFlags>(in, builder);
    if (result.Code() == rapidjson::kParseErrorTermination) return; // the receiver had enough
    if (result.IsError())
        events.onFault(in.position(), rapidjson::GetParseError_En(result.Code()));
    else if (!builder.hasList())
        events.onFault({}, "expected a list of products, or an object with one named productos or products");
}

} // namespace catalogo
