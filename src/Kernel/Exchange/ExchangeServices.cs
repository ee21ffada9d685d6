using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tessera.Kernel.Files;

namespace Tessera.Kernel.Exchange;

internal static class ExchangeServices
{
    public static void AddExchange(this IServiceCollection services)
    {
        services.AddSingleton<NounCatalog>();
        services.AddSingleton<ImportFiles>();
        services.AddScoped<ImportWork>();
        services.AddScoped<DownloadRule, ExportDownloads>();
    }

    public static void MapExchange(this RouteGroupBuilder api)
    {
        var options = ((IEndpointRouteBuilder)api).ServiceProvider.GetRequiredService<IOptions<ExchangeOptions>>().Value;
        var exchange = api.MapGroup("/exchange").WithTags("exchange");
        ExportEndpoints.Map(exchange);
        ImportEndpoints.Map(exchange, options);
    }
}
