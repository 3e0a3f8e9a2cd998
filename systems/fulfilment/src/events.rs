//! `events!`: what happens to a fulfilment, named by its system.

/// The enum `Event` of a fulfilment's context, and its two conversions: each event of the rule, and the name the system has for it.
/// It holds names only, so that the formatter and the editor lose nothing.
///
/// ```text
/// fulfilment::events! {
///     "delivery": Parcel, shown as Sent.parcel,
///     published { Started => DeliveryStarted, Completed => Delivered, Cancelled | NotAvailable => DeliveryCancelled }
///     private { Known => ParcelKnown, Released => ParcelReleased, Forgone => DeliveryForgone }
/// }
/// ```
#[macro_export]
macro_rules! events {
    (
        $context:literal: $goods:ident, shown as $row:ident.$field:ident,
        published { $($step:ident $(| $also:ident)* => $event:ident),+ $(,)? }
        private { Known => $known:ident, Released => $released:ident, Forgone => $forgone:ident $(,)? }
    ) => {
        #[::kernel::event($context, private($known, $released, StopHeld, StopLifted, $forgone))]
        pub enum Event {
            $($event($row),)+
            /// The goods are known.
            $known($goods),
            /// Nothing but a cancel keeps it any more.
            $released,
            /// A cancel asked it to stop.
            StopHeld,
            /// That cancel came to nothing.
            StopLifted,
            /// Cancelled before it started.
            $forgone,
        }

        impl From<$crate::Happened<$goods>> for Event {
            fn from(happened: $crate::Happened<$goods>) -> Event {
                match happened {
                    $($crate::Happened::$step(goods) $(| $crate::Happened::$also(goods))* => {
                        Event::$event($crate::Naming::row(goods, $crate::events!(@status $step)))
                    })+
                    $crate::Happened::Known(goods) => Event::$known(goods),
                    $crate::Happened::Released => Event::$released,
                    $crate::Happened::StopHeld => Event::StopHeld,
                    $crate::Happened::StopLifted => Event::StopLifted,
                    $crate::Happened::Forgone => Event::$forgone,
                }
            }
        }

        impl From<Event> for $crate::Happened<$goods> {
            fn from(event: Event) -> Self {
                match event {
                    $(Event::$event(row) => $crate::Happened::$step(row.$field),)+
                    Event::$known(goods) => $crate::Happened::Known(goods),
                    Event::$released => $crate::Happened::Released,
                    Event::StopHeld => $crate::Happened::StopHeld,
                    Event::StopLifted => $crate::Happened::StopLifted,
                    Event::$forgone => $crate::Happened::Forgone,
                }
            }
        }
    };
    (@status NotAvailable) => {
        $crate::Status::Cancelled
    };
    (@status $step:ident) => {
        $crate::Status::$step
    };
}
