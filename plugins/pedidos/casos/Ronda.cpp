#include "Ronda.h"

namespace pedidos
{

/// A plugin that stops runs its timers before they are due: then there is nothing to do.
void Ronda::begin(std::chrono::milliseconds delay) const
{
    const auto due = std::chrono::steady_clock::now() + delay;
    (void)_executor.postAfter(delay,
                              [this, due]
                              {
                                  if (std::chrono::steady_clock::now() < due) return;
                                  try
                                  {
                                      _job();
                                  }
                                  catch (...)
                                  {
                                      begin(_pause);
                                      throw; // to be logged
                                  }
                                  begin(_pause);
                              });
}

} // namespace pedidos
