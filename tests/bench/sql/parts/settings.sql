select registration_open, auto_close_days, rating_window_days, brand_name, accent_colour, logo,
  logo_width, logo_height, version from settings where id = 1
