using Microsoft.Extensions.DependencyInjection;

namespace Tessera.Kernel.Notifications;

internal static class NotificationServices
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<NotificationSignal>();
        services.AddSingleton<NotificationNews>();
        services.AddSingleton<NotificationKinds>();
        services.AddSingleton<NotificationReading>();
    }
}
