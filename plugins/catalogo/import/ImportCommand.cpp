#include "ImportCommand.h"

#include "ImportOptions.h"

#include <chrono>
#include <cstdio>
#include <string>

namespace catalogo
{

namespace
{

constexpr const char* kHelp = R"(zoco import productos [options] FILE...

Brings products from CSV, TSV or JSON files into the catalogue: all of them, or, when a row has a fault, none.
A product whose sku is there already is changed where the file says something else.

  --dry-run         check everything and say what would happen, change nothing
  --formato FORMAT  csv, tsv or json; otherwise the file's ending says it
  --imagenes FOLDER load pictures from this folder: those that the column imagen names, otherwise <sku or id>.webp,
                    .png, .jpg, .jpeg or .svg
  --moneda CODE     currency of prices that come without one; otherwise the shop's
  --help            this text

Columns, or members of objects, are known by these names, without regard to case, accents and signs:
  sku (producto, codigo, code, referencia, id), nombre (name, title), precio (price, importe, precio_mediano): needed
  moneda (currency), categoria (category, type), marca (brand), descripcion (description), existencias (stock),
  iva (vat): general, reducido, superreducido or exento; peso_g (gramos, grams): a whole number of grams,
  imagen (imagenes, image, images, thumbnail), atributos (attributes), etiquetas (tags), peso (weight), dimensiones
  (dimensions), garantia, envio, devoluciones, pedido_minimo, origen, color, talla, material

Exit status: 0 done, 1 nothing was imported, 2 wrong usage.)";

std::string countsText(const ImportReport::Counts& counts, std::chrono::steady_clock::duration time)
{
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.2f", std::chrono::duration<double>(time).count());
    return std::to_string(counts.added) + " new, " + std::to_string(counts.updated) + " updated, " +
           std::to_string(counts.unchanged) + " unchanged, " + std::to_string(counts.pictures) + " pictures, " +
           seconds + " s";
}

int tell(const zoco::Terminal& terminal, const ImportReport& report, bool isDryRun,
         std::chrono::steady_clock::duration time)
{
    for (const auto& note : report.notes) terminal.out(note);
    for (const auto& fault : report.faults) terminal.error(fault);
    switch (report.outcome)
    {
    case ImportReport::Outcome::Done:
        terminal.out((isDryRun ? "dry run, nothing was changed: " : "imported: ") + countsText(report.counts, time));
        return 0;
    case ImportReport::Outcome::Cancelled:
        terminal.error("cancelled: nothing was imported");
        return 1;
    case ImportReport::Outcome::Unknown:
        terminal.error("whether it was imported is not known; please start it again, which changes nothing twice");
        return 1;
    case ImportReport::Outcome::Refused:
    case ImportReport::Outcome::Failed:
        break;
    }
    terminal.error("nothing was imported");
    return 1;
}

} // namespace

const zoco::CommandOptions kImportCommand{"import productos", "bring products from CSV, TSV or JSON files", kHelp};

int runImport(const zoco::CommandCall& call, const Importer& importer, std::string_view moneda)
{
    const auto begun = std::chrono::steady_clock::now();
    auto options = ImportOptions::parse(call.args, call.workingFolder);
    if (options.isHelp)
    {
        call.terminal.out(kHelp);
        return 0;
    }
    if (!options.fault.empty())
    {
        call.terminal.error(options.fault);
        call.terminal.error("zoco import productos --help tells more");
        return 2;
    }
    ImportJob job;
    job.files = std::move(options.files);
    job.moneda = options.moneda.empty() ? std::string(moneda) : options.moneda;
    job.isDryRun = options.isDryRun;
    if (!options.pictureFolder.empty()) job.pictures = std::make_unique<FolderPictures>(options.pictureFolder);
    job.onProgress = [&](std::uint64_t done, std::uint64_t total, std::string_view what)
    { call.terminal.progress(done, total, what); };
    job.isCancelled = [&] { return call.terminal.isCancelled(); };
    const auto report = importer.run(job);
    return tell(call.terminal, report, job.isDryRun, std::chrono::steady_clock::now() - begun);
}

} // namespace catalogo
