#pragma once

#include "PictureName.h"

#include <optional>
#include <string>
#include <string_view>

namespace catalogo
{

/// Pictures by their content in one folder of the plugin's: a name never changes its meaning. [any-thread]
class PictureStore
{
public:
    /// `folder` exists; pictures go to a folder "imagenes" in it, made when the first one is stored.
    explicit PictureStore(std::string_view folder) : _folder(std::string(folder) + "/imagenes") {}

    /// Whole content; nothing when the name is none of ours or there is no such picture.
    std::optional<std::string> read(std::string_view name) const;
    bool contains(std::string_view name) const;
    /// Writes a picture, whole or not at all. False when it was there already. Throws std::system_error.
    bool store(const std::string& name, std::string_view content) const;
    /// Makes the names of stored pictures durable, as their contents are. Throws std::system_error.
    void sync() const;
    /// Undoes a `store` of this name.
    void remove(const std::string& name) const noexcept;

private:
    std::string pathOf(std::string_view name) const { return _folder + '/' + std::string(name); }

    std::string _folder;
};

} // namespace catalogo
