using Tessera.Kernel.Web;
using Tessera.Production;
using Tessera.Recruiting;

namespace Tessera.Host;

/// <summary>The modules of this build. A new module is one folder and one line here.</summary>
internal static class Modules
{
    public static readonly IReadOnlyList<IModule> All =
    [
        new ProductionModule(),
        new RecruitingModule(),
    ];
}
