#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalogo
{

/// Where an import takes pictures from.
class PictureFinder
{
public:
    virtual ~PictureFinder() = default;
    /// The place of a picture that a file names; nothing when it is not there or its name leads elsewhere.
    virtual std::optional<std::string> named(const std::string& name) const = 0;
    /// The place of a picture named after one of the product's keys.
    virtual std::optional<std::string> ofProduct(const std::vector<std::string>& keys) const = 0;
    /// The content of a place; at most one byte more than a picture may have. Nothing when it cannot be read.
    virtual std::optional<std::string> load(const std::string& place) const = 0;
};

/// Pictures in a folder: by their names below it, or as <key>.webp, .png, .jpg, .jpeg, .svg in it.
class FolderPictures final : public PictureFinder
{
public:
    explicit FolderPictures(std::string folder) : _folder(std::move(folder)) {}
    std::optional<std::string> named(const std::string& name) const override;
    std::optional<std::string> ofProduct(const std::vector<std::string>& keys) const override;
    std::optional<std::string> load(const std::string& place) const override;

private:
    std::string _folder;
};

/// Pictures embedded in this library.
class EmbeddedPictures final : public PictureFinder
{
public:
    std::optional<std::string> named(const std::string& name) const override;
    std::optional<std::string> ofProduct(const std::vector<std::string>&) const override { return std::nullopt; }
    std::optional<std::string> load(const std::string& place) const override;
};

} // namespace catalogo
