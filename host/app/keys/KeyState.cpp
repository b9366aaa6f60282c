#include "KeyState.h"

#include "app/backup/FileWork.h"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace zoco::host
{

namespace
{

constexpr std::pair<std::string_view, KeyState::Rotation> kRotations[] = {{"pending", KeyState::Rotation::Pending},
                                                                          {"running", KeyState::Rotation::Running},
                                                                          {"over", KeyState::Rotation::Over}};

std::string hexOf(std::string_view bytes)
{
    std::string out;
    for (const char c : bytes)
    {
        const auto byte = static_cast<unsigned char>(c);
        (out += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 15];
    }
    return out.empty() ? "-" : out;
}

bool fromHex(const std::string& digits, std::string& out)
{
    out.clear();
    if (digits == "-") return true;
    if (digits.size() % 2 != 0 || digits.find_first_not_of("0123456789abcdef") != digits.npos) return false;
    for (std::size_t i = 0; i < digits.size(); i += 2)
        out += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    return true;
}

bool take(KeyState& state, std::istringstream& line)
{
    std::string kind, word;
    if (!(line >> kind) || kind[0] == '#') return true;
    if (kind == "index") return static_cast<bool>(line >> state.index);
    if (kind == "key")
    {
        if (line >> word) state.known.push_back(keyIdFrom(word));
        return !state.known.empty() && state.known.back() != 0;
    }
    if (kind == "database") return state.hasDatabase = true;
    if (kind == "rotation")
    {
        std::string id;
        if (!(line >> id >> word)) return false;
        state.target = keyIdFrom(id);
        bool isKnown = false;
        for (const auto& [name, rotation] : kRotations)
        {
            if (name != word) continue;
            state.rotation = rotation;
            isKnown = true;
        }
        return state.target != 0 && isKnown;
    }
    RotatorState r;
    std::string cursor;
    if (kind != "rotator" || !(line >> r.plugin >> r.name >> word >> r.done >> r.total >> cursor)) return false;
    r.isOver = word == "over";
    if (!fromHex(cursor, r.cursor)) return false;
    state.rotators.push_back(std::move(r));
    return true;
}

} // namespace

KeyState KeyState::read(const std::string& file)
{
    KeyState out;
    std::error_code none;
    if (!std::filesystem::exists(file, none)) return out;
    try
    {
        std::istringstream all(readWhole(file));
        std::size_t number = 1;
        for (std::string line; std::getline(all, line); ++number)
        {
            std::istringstream words(line);
            if (!take(out, words))
                throw std::runtime_error(file + ": line " + std::to_string(number) + " cannot be understood");
        }
    }
    catch (const std::system_error& e)
    {
        throw std::runtime_error(file + ": it cannot be read: " + e.what());
    }
    return out;
}

void KeyState::write(const std::string& file) const
{
    std::string text = "# What this host remembers of its keys; no secret.\n";
    if (!index.empty()) text += "index " + index + '\n';
    for (const auto id : known) text += "key " + keyIdText(id) + '\n';
    for (const auto& [name, kind] : kRotations)
        if (rotation == kind && target != 0) text += "rotation " + keyIdText(target) + ' ' + std::string(name) + '\n';
    if (hasDatabase) text += "database\n";
    for (const auto& r : rotators)
        text += "rotator " + r.plugin + ' ' + r.name + (r.isOver ? " over " : " open ") + std::to_string(r.done) + ' ' +
                std::to_string(r.total) + ' ' + hexOf(r.cursor) + '\n';
    try
    {
        writeDurably(file, text);
    }
    catch (const std::system_error& e)
    {
        throw std::runtime_error(file + ": it cannot be written: " + e.what());
    }
}

void KeyState::remember(const std::string& file, const KeySet& keys)
{
    if (keys.isClear()) return;
    auto state = read(file);
    const auto before = state.known.size();
    for (const auto& key : keys.keys())
        if (std::find(state.known.begin(), state.known.end(), key.id) == state.known.end())
            state.known.push_back(key.id);
    bool isNew = state.index.empty() || state.known.size() > before;
    state.index = keys.indexFingerprint();
    if (const auto active = keys.active()->id; state.target != active)
    {
        isNew = true;
        if (state.target != 0) state.begin(Rotation::Pending, active);
        state.target = active;
    }
    if (isNew) state.write(file);
}

void KeyState::begin(Rotation with, KeyId key)
{
    rotation = with;
    target = key;
    if (std::find(known.begin(), known.end(), key) == known.end()) known.push_back(key);
    for (auto& r : rotators) r = {r.plugin, r.name};
}

RotatorState& KeyState::at(const std::string& plugin, const std::string& name)
{
    for (auto& r : rotators)
        if (r.plugin == plugin && r.name == name) return r;
    return rotators.emplace_back(RotatorState{plugin, name});
}

} // namespace zoco::host
