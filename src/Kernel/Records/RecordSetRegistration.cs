using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Tessera.Kernel.Records;

public static class RecordSetRegistration
{
    /// <summary>Declares a noun.</summary>
    public static IServiceCollection AddRecordSet<TSet>(this IServiceCollection services)
        where TSet : class, IRecordSet =>
        services.AddSingleton<TSet>().AddSingleton<IRecordSet>(provider => provider.GetRequiredService<TSet>());

    /// <summary>Maps the operations of all nouns whose declarations lie in the module's assembly.</summary>
    public static void MapRecordSets(this RouteGroupBuilder module, System.Reflection.Assembly assembly)
    {
        foreach (var set in ((IEndpointRouteBuilder)module).ServiceProvider.GetServices<IRecordSet>().Where(set => set.GetType().Assembly == assembly))
        {
            set.Map(module);
        }
    }
}
