#pragma once

#include "RedsysAjustes.h"
#include "RedsysConector.h"
#include "zoco/HttpClient.h"

namespace pagos
{

/// How Redsys is reached: its REST and its service of queries over HTTP. Both wait. `http` outlives what is returned.
RedsysConector::Transport restOver(const zoco::HttpClient& http, const RedsysAjustes& ajustes);
RedsysConector::Consulta queriesOver(const zoco::HttpClient& http, const RedsysAjustes& ajustes);

} // namespace pagos
